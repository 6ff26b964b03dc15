import { describe, expect, it } from 'vitest';
import type { Contact, ContactDraft } from '#domain/contacts/contact.ts';
import { findBreaches } from '#domain/contacts/invariants.ts';
import { type MemoryPorts, memoryPorts } from '#test/support/memory-ports.ts';
import { addContact } from '#usecases/contacts/add-contact.ts';
import { deleteContact } from '#usecases/contacts/delete-contact.ts';
import type { SingleContact } from '#usecases/contacts/save-contact.ts';
import { updateContact } from '#usecases/contacts/update-contact.ts';
import { subscribeContact } from '#usecases/subscriptions/subscribe-contact.ts';

const single = (draft: ContactDraft, about: Partial<SingleContact> = {}): SingleContact => ({
  draft,
  groupNames: [],
  groupIds: [],
  warnings: [],
  ...about,
});

const add = async (ports: MemoryPorts, draft: ContactDraft): Promise<number> =>
  (await addContact(ports, single(draft))).id;

const stored = ({ memory }: MemoryPorts, id: number): Contact => {
  const contact = memory.contacts.get(id);
  if (!contact) throw new Error(`There is no contact ${id}`);
  return contact;
};

const remove = (ports: MemoryPorts, id: number) =>
  ports.memory.contacts.set(id, { ...stored(ports, id), state: 'deleted' });

describe('adding a contact', () => {
  it('stores a confirmed one with the source API, and tells no workflow', async () => {
    const ports = memoryPorts();

    const id = await add(ports, { email: 'mail@example.com' });

    expect(stored(ports, id)).toMatchObject({ confirmed: true, source: 'API', state: 'active' });
    expect(ports.memory.published).toEqual([]);
    expect(ports.memory.promised).toEqual([]);
  });

  it('updates whoever has its id, then its e-mail, then its phone, then its token', async () => {
    const ports = memoryPorts();
    const token = { type: 'mobilepush', value: 't' } as const;
    const known = [
      await add(ports, { externalCustomerId: 'A', email: 'a@example.com' }),
      await add(ports, { email: 'b@example.com' }),
      await add(ports, { sms: '380942583691' }),
      await add(ports, { tokens: [token] }),
    ];

    const all = { email: 'b@example.com', sms: '380942583691', tokens: [token] };
    const found = [
      await add(ports, { tokens: [token], firstName: 'John' }),
      await add(ports, { ...all, email: 'new@example.com' }),
      await add(ports, all),
      await add(ports, { ...all, externalCustomerId: 'A' }),
    ];

    expect(found).toEqual(known.toReversed());
  });

  it('restores a deleted contact and keeps its source', async () => {
    const ports = memoryPorts();
    const { id } = await subscribeContact(ports, single({ externalCustomerId: 'A', email: 'mail@example.com' }));
    remove(ports, id);

    expect(await add(ports, { externalCustomerId: 'A', firstName: 'John' })).toBe(id);
    expect(stored(ports, id)).toMatchObject({ state: 'active', source: 'SUBSCRIPTION', firstName: 'John' });
  });

  describe.each([
    ['adding', (ports: MemoryPorts, contact: ReturnType<typeof single>) => addContact(ports, contact)],
    ['subscribing', (ports: MemoryPorts, contact: ReturnType<typeof single>) => subscribeContact(ports, contact)],
  ])('by %s', (_, save) => {
    const inVip = { email: 'mail@example.com', sms: '380942583691' };
    const segmentsOf = async (ports: MemoryPorts, id: number) => {
      const memberships = await ports.contacts.readMemberships([id]);
      const names = new Map([...ports.memory.segments.values()].map((one) => [one.id, one.name]));
      return memberships.map(({ segmentId, isHidden }) => `${names.get(segmentId)}${isHidden ? ', hidden' : ''}`);
    };
    const removed = async (ports: MemoryPorts) => {
      const { id } = await addContact(ports, single(inVip, { groupNames: ['VIP', 'News'] }));
      await deleteContact(ports, { id });
      return id;
    };

    it('a stranger with its phone number does not restore a deleted contact', async () => {
      const ports = memoryPorts();
      const id = await removed(ports);

      const { id: other } = await save(ports, single({ ...inVip, email: 'stranger@example.com' }));

      expect(other).not.toBe(id);
      expect([stored(ports, id)?.state, stored(ports, other)?.state]).toEqual(['deleted', 'active']);
      expect(findBreaches({ claims: ports.memory.claims.values(), contacts: ports.memory.contacts.values() })).toEqual(
        [],
      );
    });

    it('a deleted contact comes back in the segments that it is put into alone', async () => {
      const ports = memoryPorts();
      const id = await removed(ports);

      await save(ports, single({ email: 'mail@example.com' }, { groupNames: ['News'] }));

      expect(stored(ports, id)?.state).toBe('active');
      expect(await segmentsOf(ports, id)).toEqual(['News']);
    });

    it('it comes back in all that it was in where the caller asks', async () => {
      const ports = memoryPorts();
      const id = await removed(ports);

      await save(ports, { ...single({ email: 'mail@example.com' }), restoreDeleted: true });

      expect((await segmentsOf(ports, id)).sort()).toEqual(['News', 'VIP']);
    });

    it('an e-mail address that a phone number replaces is told as a warning and on the bus', async () => {
      const ports = memoryPorts();
      const { id } = await addContact(ports, single({ email: 'mother@example.com', sms: '380942583691' }));

      const { warnings } = await save(ports, single({ email: 'son@example.com', sms: '380942583691' }));

      expect(warnings).toMatchObject([{ code: 'EMAIL_REPLACED', field: 'email' }]);
      expect(ports.memory.published.filter(({ eventTypeKey }) => eventTypeKey === 'ContactFieldChanged')).toMatchObject(
        [{ contactId: id, params: { field: 'email', old: 'mother@example.com', new: 'son@example.com' } }],
      );
    });
  });

  it('joins segments by name and by id, and leaves out ids of none', async () => {
    const ports = memoryPorts();
    const [news] = await ports.segments.ensure(['News']);

    const { id } = await addContact(
      ports,
      single({ email: 'mail@example.com' }, { groupNames: ['VIP'], groupIds: [news?.id ?? 0, 99] }),
    );

    const joined = [...ports.memory.memberships.values()].filter(({ contactId }) => contactId === id);
    expect(joined.map(({ segmentId }) => segmentId).sort()).toEqual([1, 2]);
  });

  it('writes nothing where nothing is new', async () => {
    const ports = memoryPorts();
    const id = await add(ports, { email: 'mail@example.com', firstName: 'John' });
    const before = stored(ports, id);

    await add(ports, { email: 'mail@example.com', firstName: 'John' });

    expect(stored(ports, id)).toEqual(before);
  });
});

describe('two contacts with one e-mail address and different ids of your own', () => {
  const methods = {
    subscribing: async (ports: MemoryPorts, draft: ContactDraft) => (await subscribeContact(ports, single(draft))).id,
    adding: add,
  };

  describe.each(Object.entries(methods))('%s', (_, save) => {
    it('keeps the two apart, and finds each by its id', async () => {
      const ports = memoryPorts();
      const a = await save(ports, { externalCustomerId: 'A', email: 'mail@example.com' });
      const b = await save(ports, { externalCustomerId: 'B', email: 'mail@example.com' });

      expect(a).not.toBe(b);
      expect(await save(ports, { externalCustomerId: 'A', email: 'mail@example.com' })).toBe(a);
      expect(await save(ports, { externalCustomerId: 'B', email: 'mail@example.com' })).toBe(b);
    });

    it('means the one that was updated last where there is no id', async () => {
      const ports = memoryPorts();
      const a = await save(ports, { externalCustomerId: 'A', email: 'mail@example.com' });
      const b = await save(ports, { externalCustomerId: 'B', email: 'mail@example.com' });
      expect(await save(ports, { email: 'mail@example.com' })).toBe(b);

      await save(ports, { externalCustomerId: 'A', firstName: 'John' });

      expect(await save(ports, { email: 'mail@example.com' })).toBe(a);
    });

    it('gives a new id to the one that has none, else to a new contact', async () => {
      const ports = memoryPorts();
      const without = await save(ports, { email: 'mail@example.com' });
      const a = await save(ports, { externalCustomerId: 'A', email: 'mail@example.com' });
      const b = await save(ports, { externalCustomerId: 'B', email: 'mail@example.com' });

      expect(a).toBe(without);
      expect(b).not.toBe(a);
      expect(stored(ports, a).externalCustomerId).toBe('A');
    });
  });

  it('updating by id leaves the other alone', async () => {
    const ports = memoryPorts();
    const a = await add(ports, { externalCustomerId: 'A', email: 'mail@example.com' });
    const b = await add(ports, { externalCustomerId: 'B', email: 'mail@example.com' });

    await updateContact(ports, a, single({ email: 'mail@example.com', firstName: 'Ann' }));

    expect([stored(ports, a).firstName, stored(ports, b).firstName]).toEqual(['Ann', undefined]);
  });
});

describe('updating a contact', () => {
  const refusal = (ports: MemoryPorts, id: number, draft: ContactDraft) => updateContact(ports, id, single(draft));

  it('changes what is said and leaves the rest', async () => {
    const ports = memoryPorts();
    const id = await add(ports, { email: 'mail@example.com', firstName: 'John', address: { town: 'London' } });

    await updateContact(ports, id, single({ firstName: null, address: { region: 'West' } }));

    const { firstName, address, email } = stored(ports, id);
    expect({ firstName, address, email }).toEqual({
      firstName: undefined,
      address: { town: 'London', region: 'West' },
      email: 'mail@example.com',
    });
  });

  it('means the id of the path, whoever else has the address', async () => {
    const ports = memoryPorts();
    const a = await add(ports, { email: 'a@example.com' });
    const b = await add(ports, { email: 'b@example.com' });

    await updateContact(ports, a, single({ email: 'b@example.com' }));

    expect([stored(ports, a).email, stored(ports, b).email]).toEqual(['b@example.com', 'b@example.com']);
  });

  it('gives a free id of your own, and refuses one that another contact has', async () => {
    const ports = memoryPorts();
    const a = await add(ports, { externalCustomerId: 'A', email: 'a@example.com' });
    const b = await add(ports, { email: 'b@example.com' });

    await updateContact(ports, b, single({ externalCustomerId: 'B' }));

    await expect(refusal(ports, b, { externalCustomerId: 'A', firstName: 'Bo' })).rejects.toMatchObject({
      code: 'EXTERNAL_ID_TAKEN',
      message: `externalCustomerId 'A' already belongs to contact ${a}`,
    });
    expect(stored(ports, b)).toMatchObject({ externalCustomerId: 'B' });
    expect(stored(ports, b)).not.toHaveProperty('firstName');
  });

  it('finds nobody under an id that is unknown or whose contact is deleted, and adds nobody', async () => {
    const ports = memoryPorts();
    const id = await add(ports, { email: 'mail@example.com' });
    remove(ports, id);

    for (const gone of [id, 999]) {
      await expect(refusal(ports, gone, { firstName: 'John' })).rejects.toMatchObject({
        code: 'NOT_FOUND',
        message: `Contact with id='${gone}' not found`,
      });
    }
    expect(ports.memory.contacts.size).toBe(1);
  });

  it('of nothing writes nothing', async () => {
    const ports = memoryPorts();
    const id = await add(ports, { email: 'mail@example.com' });
    const before = stored(ports, id);

    await updateContact(ports, id, single({}));

    expect(stored(ports, id)).toEqual(before);
  });
});

describe('where updates are told', () => {
  const publishing = () => ({ ...memoryPorts(), publishesFieldChanges: true });

  it('each member that an update changes is told once with its old and new value', async () => {
    const ports = publishing();
    const id = await add(ports, { email: 'mail@example.com', firstName: 'John', address: { town: 'London' } });

    await updateContact(ports, id, single({ firstName: 'Ann', sms: '380942583691', address: { town: null } }));

    const { updatedAt, version } = stored(ports, id);
    const about = { eventTypeKey: 'ContactFieldChanged', keyValue: String(id), contactId: id, occurredAt: updatedAt };
    const event = (field: string, old: string, now: string) => ({
      ...about,
      eventId: `ContactFieldChanged:${id}:${version}:${field}`,
      params: { contactId: id, field, old, new: now },
    });
    expect(ports.memory.published.toSorted((one, other) => (one.eventId < other.eventId ? -1 : 1))).toEqual([
      event('address.town', 'London', ''),
      event('firstName', 'John', 'Ann'),
      event('sms', '', '380942583691'),
    ]);
  });

  it('adding to a known contact is told, and a birth, a repeat and a subscription are not', async () => {
    const ports = publishing();
    await add(ports, { email: 'mail@example.com' });
    await add(ports, { email: 'mail@example.com', lastName: 'Smith' });
    await add(ports, { email: 'mail@example.com', lastName: 'Smith' });
    await subscribeContact(ports, single({ email: 'mail@example.com', lastName: 'Brown' }));

    expect(ports.memory.published.map(({ eventTypeKey, params }) => [eventTypeKey, params.field])).toEqual([
      ['ContactFieldChanged', 'lastName'],
      ['subscribeUpdateFromApi', undefined],
    ]);
  });

  it('nothing is told unless the stage wants to know', async () => {
    const ports = memoryPorts();
    const id = await add(ports, { email: 'mail@example.com' });

    await updateContact(ports, id, single({ firstName: 'Ann' }));

    expect(ports.memory.published).toEqual([]);
  });
});
