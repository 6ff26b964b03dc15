import { describe, expect, it } from 'vitest';
import type { ContactDraft } from '#domain/contacts/contact.ts';
import type { Suppression } from '#domain/subscriptions/suppression.ts';
import { emptyMemory, type Memory, memoryPorts } from '#test/support/memory-ports.ts';
import { addContact } from '#usecases/contacts/add-contact.ts';
import { publishSubscription } from '#usecases/subscriptions/publish-subscription.ts';
import { type Subscription, subscribeContact } from '#usecases/subscriptions/subscribe-contact.ts';

const subscription = (draft: ContactDraft = {}, about: Partial<Subscription> = {}): Subscription => ({
  draft: { email: 'mail@example.com', ...draft },
  groupNames: [],
  groupIds: [],
  warnings: [],
  ...about,
});

const single = (draft: ContactDraft) => ({ draft, groupNames: [], groupIds: [], warnings: [] });

const segmentsOf = (memory: Memory, id: number): string[] => {
  const names = new Map([...memory.segments.values()].map((segment) => [segment.id, segment.name]));
  const joined = [...memory.memberships.values()].filter(({ contactId }) => contactId === id);
  return joined.map(({ segmentId }) => names.get(segmentId) ?? '').sort();
};

const types = ({ published }: Memory) => published.map(({ eventTypeKey }) => eventTypeKey);

describe('a subscription', () => {
  it('of somebody new stores an unconfirmed contact and raises subscribeFromApi', async () => {
    const ports = memoryPorts();

    const { id } = await subscribeContact(ports, subscription({ sms: '380942583691' }, { groupNames: ['News'] }));

    const stored = ports.memory.contacts.get(id);
    expect(stored).toMatchObject({ confirmed: false, source: 'SUBSCRIPTION', email: 'mail@example.com' });
    expect(segmentsOf(ports.memory, id)).toEqual(['News']);
    expect(ports.memory.published).toEqual([
      {
        eventId: `subscribeFromApi:${id}`,
        eventTypeKey: 'subscribeFromApi',
        keyValue: String(id),
        contactId: id,
        params: { ContactId: id, EmailAddress: 'mail@example.com' },
        occurredAt: stored?.createdAt,
      },
    ]);
  });

  it('of somebody known updates the contact and raises subscribeUpdateFromApi, another one each time', async () => {
    const ports = memoryPorts();
    const { id } = await subscribeContact(ports, subscription());

    const again = await subscribeContact(ports, subscription({ firstName: 'John' }, { groupNames: ['News'] }));
    const onceMore = await subscribeContact(ports, subscription());

    expect([again.id, onceMore.id]).toEqual([id, id]);
    expect(ports.memory.contacts.get(id)?.firstName).toBe('John');
    expect(segmentsOf(ports.memory, id)).toEqual(['News']);
    expect(types(ports.memory)).toEqual(['subscribeFromApi', 'subscribeUpdateFromApi', 'subscribeUpdateFromApi']);
    expect(new Set(ports.memory.published.map(({ eventId }) => eventId)).size).toBe(3);
  });

  it('of a form raises the event of the form, and no other', async () => {
    const ports = memoryPorts();

    await subscribeContact(ports, subscription({}, { formType: 'abc' }));
    await subscribeContact(ports, subscription({}, { formType: 'abc' }));

    expect(types(ports.memory)).toEqual(['subscribeFromApi-abc', 'subscribeUpdateFromApi-abc']);
  });

  it('without an e-mail address has neither the parameter nor a status', async () => {
    const ports = memoryPorts();

    const subscribed = await subscribeContact(ports, { ...subscription(), draft: { sms: '380942583691' } });

    expect(subscribed).not.toHaveProperty('emailStatus');
    expect(ports.memory.published[0]?.params).toEqual({ ContactId: subscribed.id });
  });

  it('finds its contact by your own id, then by e-mail, then by phone', async () => {
    const ports = memoryPorts();
    const byId = await subscribeContact(ports, subscription({ externalCustomerId: 'A', email: 'a@example.com' }));
    const byEmail = await subscribeContact(ports, subscription({ email: 'b@example.com' }));
    const byPhone = await subscribeContact(ports, subscription({ email: 'c@example.com', sms: '380942583691' }));

    const all = { externalCustomerId: 'A', email: 'b@example.com', sms: '380942583691' };
    const found = [
      await subscribeContact(ports, subscription({ email: 'new@example.com', sms: '380942583691' })),
      await subscribeContact(ports, subscription({ email: 'b@example.com', sms: '380942583691' })),
      await subscribeContact(ports, subscription(all)),
    ];

    expect(found.map(({ id }) => id)).toEqual([byPhone.id, byEmail.id, byId.id]);
  });

  it('of a push token alone, sent twice, is one contact', async () => {
    const ports = memoryPorts();
    const draft: ContactDraft = { tokens: [{ type: 'mobilepush', value: 't' }] };

    const first = await subscribeContact(ports, { ...subscription(), draft });
    const again = await subscribeContact(ports, { ...subscription(), draft });

    expect(again.id).toBe(first.id);
    expect(types(ports.memory)).toEqual(['subscribeFromApi', 'subscribeUpdateFromApi']);
  });

  it('restores a deleted contact and counts it as known', async () => {
    const ports = memoryPorts();
    const { id } = await subscribeContact(ports, subscription());
    const stored = ports.memory.contacts.get(id);
    if (stored) ports.memory.contacts.set(id, { ...stored, state: 'deleted' });

    await subscribeContact(ports, subscription());

    expect(ports.memory.contacts.get(id)?.state).toBe('active');
    expect(types(ports.memory)).toEqual(['subscribeFromApi', 'subscribeUpdateFromApi']);
  });

  it('leaves a confirmed address confirmed, and does not confirm a new one', async () => {
    const ports = memoryPorts();
    const { id } = await addContact(ports, single({ externalCustomerId: 'A', email: 'mail@example.com' }));

    await subscribeContact(ports, subscription({ externalCustomerId: 'A' }));
    expect(ports.memory.contacts.get(id)?.confirmed).toBe(true);

    await subscribeContact(ports, subscription({ externalCustomerId: 'A', email: 'new@example.com' }));
    expect(ports.memory.contacts.get(id)?.confirmed).toBe(false);
  });

  it('leaves out values of custom fields that do not exist, and stores those of a new one at once', async () => {
    const ports = memoryPorts();
    const [first, second] = [
      await subscribeContact(ports, subscription({ fields: [{ id: 101, value: 'x' }] })),
      await ports.fields.create({ group: 'Shop', name: 'Card', key: 'CARD', type: 'textfield', identifier: false }),
    ];

    const again = await subscribeContact(ports, subscription({ fields: [{ id: second?.id ?? 0, value: 'x' }] }));

    expect(first.warnings).toMatchObject([{ code: 'UNKNOWN_FIELD', field: 'fields.101' }]);
    expect(again.warnings).toEqual([]);
    expect(ports.memory.contacts.get(first.id)?.fields).toEqual([{ id: second?.id, value: 'x' }]);
  });
});

describe('the state of the address', () => {
  const statusAfter = async (
    about: { confirmed?: boolean; reason?: Suppression['reason']; asks?: boolean } = {},
  ): Promise<string | undefined> => {
    const ports = { ...memoryPorts(), asksForConfirmation: about.asks ?? true };
    if (about.confirmed) await addContact(ports, single({ email: 'mail@example.com' }));
    if (about.reason) {
      await ports.suppressions.add([{ address: 'mail@example.com', reason: about.reason, since: ports.now() }]);
    }
    return (await subscribeContact(ports, subscription())).emailStatus;
  };

  it.each([
    ['new', {}, 'NEED_CONFIRMATION'],
    ['new, where nobody is asked to confirm', { asks: false }, 'SUBSCRIBED'],
    ['confirmed', { confirmed: true }, 'ALREADY_SUBSCRIBED'],
    ['confirmed, where nobody is asked to confirm', { confirmed: true, asks: false }, 'ALREADY_SUBSCRIBED'],
    ['confirmed and unsubscribed since', { confirmed: true, reason: 'unsubscribed' }, 'NEED_CONFIRMATION'],
    ['new and unsubscribed before', { reason: 'unsubscribed' }, 'NEED_CONFIRMATION'],
    ['blacklisted', { reason: 'blacklisted' }, 'BLACKLISTED'],
    ['confirmed and blacklisted', { confirmed: true, reason: 'blacklisted' }, 'BLACKLISTED'],
  ] as const)('is told for an address that is %s', async (_what, about, expected) => {
    expect(await statusAfter(about)).toBe(expected);
  });
});

class Death extends Error {}

/** Dies at the step of this number, counted from 0; says whether it came so far. */
const subscribeAndDie = async (memory: Memory, at: number): Promise<boolean> => {
  let steps = 0;
  const ports = memoryPorts({
    memory,
    step: async () => {
      if (steps++ >= at) throw new Death();
    },
  });
  try {
    await subscribeContact(ports, subscription({ sms: '380942583691' }, { groupNames: ['News'], formType: 'abc' }));
    return false;
  } catch (error) {
    if (error instanceof Death) return true;
    throw error;
  }
};

/** What the queue does after a while, twice, because it may. */
const checkPromises = async (memory: Memory): Promise<void> => {
  for (const event of memory.published) await memoryPorts({ memory }).eventLog.append([event]);
  for (const promised of [...memory.promised, ...memory.promised]) {
    const ports = memoryPorts({ memory });
    await publishSubscription(ports, promised);
    await ports.eventLog.append(memory.published);
  }
};

describe('a subscription that dies at any step', () => {
  it('is told of exactly the contact that it left, with its segments, and none where it left none', async () => {
    let deaths = 0;
    for (let at = 0; ; at++) {
      const memory = emptyMemory();
      if (!(await subscribeAndDie(memory, at))) break;
      deaths += 1;

      await checkPromises(memory);

      const ids = [...memory.contacts.keys()];
      const published = new Map(memory.published.map((event) => [event.eventId, event]));
      expect([...published.keys()], `step ${at}`).toEqual(ids.map((id) => `subscribeFromApi-abc:${id}`));
      for (const id of ids) expect(segmentsOf(memory, id), `step ${at}`).toEqual(['News']);
      for (const event of published.values()) {
        expect(event.occurredAt).toBe(memory.contacts.get(event.contactId ?? 0)?.createdAt);
        expect(event.params).toEqual({ ContactId: event.contactId, EmailAddress: 'mail@example.com' });
      }
    }
    expect(deaths).toBeGreaterThan(7);
  });

  it('is whole once it is sent again, however the first one ended', async () => {
    for (let at = 0; ; at++) {
      const memory = emptyMemory();
      const isDead = await subscribeAndDie(memory, at);
      const again = { ...memoryPorts({ memory }), newId: () => 'again' };

      const { id } = await subscribeContact(again, subscription({ sms: '380942583691' }, { groupNames: ['News'] }));
      await checkPromises(memory);

      expect([...memory.contacts.keys()], `step ${at}`).toEqual([id]);
      expect(segmentsOf(memory, id)).toEqual(['News']);
      expect(new Set(memory.published.map(({ eventId }) => eventId)).size).toBeGreaterThanOrEqual(1);
      expect(memory.published.filter(({ eventTypeKey }) => eventTypeKey.startsWith('subscribeFromApi'))).not.toEqual(
        [],
      );
      if (!isDead) break;
    }
  });
});

describe('a promised subscription', () => {
  it('is not told once more where the log has it', async () => {
    const { memory, ...ports } = memoryPorts();
    await subscribeContact(ports, subscription());
    const before = memory.published.length;

    await checkPromises(memory);

    expect(memory.published).toHaveLength(before);
  });

  it('is not told where somebody else was faster', async () => {
    const ports = memoryPorts();
    await subscribeContact(ports, subscription());
    const [promised] = ports.memory.promised;

    if (promised) await publishSubscription(ports, { ...promised, token: 'another' });

    expect(ports.memory.published).toHaveLength(1);
  });

  it('is not told of a contact that was erased meanwhile', async () => {
    const ports = memoryPorts();
    const { id } = await subscribeContact(ports, subscription());
    const stored = ports.memory.contacts.get(id);
    if (stored) ports.memory.contacts.set(id, { ...stored, state: 'erased' });
    const [promised] = ports.memory.promised;

    if (promised) await publishSubscription(ports, promised);

    expect(ports.memory.published).toHaveLength(1);
  });
});

describe('a hundred identical subscriptions at once', () => {
  it('are one contact, one new subscriber and ninety-nine known ones', async () => {
    const memory = emptyMemory();
    const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

    const subscribed = await Promise.all(
      Array.from({ length: 100 }, (_, index) => {
        const ports = memoryPorts({ memory, step: turn });
        const newId = () => `request-${index}`;
        return subscribeContact({ ...ports, newId }, subscription({ firstName: 'John' }, { groupNames: ['News'] }));
      }),
    );
    await checkPromises(memory);

    expect(new Set(subscribed.map(({ id }) => id)).size).toBe(1);
    expect(memory.contacts.size).toBe(1);
    const counts = Map.groupBy(types(memory), (type) => type);
    expect([...counts].map(([type, all]) => [type, all.length]).sort()).toEqual([
      ['subscribeFromApi', 1],
      ['subscribeUpdateFromApi', 99],
    ]);
    expect(new Set(memory.published.map(({ eventId }) => eventId)).size).toBe(100);
  });
});

describe('twenty subscriptions at once with one phone number and an e-mail address each', () => {
  it('are one contact', async () => {
    const memory = emptyMemory();
    const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

    const subscribed = await Promise.all(
      Array.from({ length: 20 }, (_, index) => {
        const ports = { ...memoryPorts({ memory, step: turn }), newId: () => `request-${index}` };
        return subscribeContact(ports, subscription({ email: `e${index}@example.com`, sms: '380942583691' }));
      }),
    );

    const living = [...memory.contacts.values()].filter(({ state }) => state === 'active');
    expect(living).toHaveLength(1);
    expect(new Set(subscribed.map(({ id }) => id))).toEqual(new Set(living.map(({ id }) => id)));
    expect(types(memory).filter((type) => type === 'subscribeFromApi')).toHaveLength(1);
  });
});
