import { describe, expect, test } from 'vitest';
import { hoursAfter } from '#domain/subscriptions/confirmation.ts';
import { memorySigner } from '#test/support/memory/memory-confirmations.ts';
import {
  type ConfirmationTestPorts,
  confirmationPorts,
  emptyConfirmationMemory,
  keep,
  noon,
  subscriberOf,
  tokenFor,
} from '#test/support/subscriptions/confirmation-ports.ts';
import { confirmContact } from '#usecases/subscriptions/confirm-contact.ts';
import { lookAtConfirmation } from '#usecases/subscriptions/look-at-confirmation.ts';

const subscriber = subscriberOf();

const arranged = async (contact = subscriber) => {
  const ports = confirmationPorts();
  await keep(ports, contact);
  return { ports, token: await tokenFor(ports, subscriber) };
};

const stored = async ({ contacts }: ConfirmationTestPorts) => (await contacts.readContacts([7], [])).contacts[0];

const suppressAs = ({ own }: ConfirmationTestPorts, reason: 'unsubscribed' | 'spam' | 'blacklisted') =>
  own.suppressed.set('john@example.com', { address: 'john@example.com', reason, since: noon });

describe('pressing the button of a confirmation link', () => {
  test('confirms the address, joins the segment and tells the workflows', async () => {
    const { ports, token } = await arranged();

    const { state } = await confirmContact(ports, token);

    expect(state).toBe('confirmed');
    expect(await stored(ports)).toMatchObject({ confirmed: true, version: 2, updatedAt: noon });
    const [segment] = [...ports.memory.segments.values()];
    expect(segment).toMatchObject({ name: 'Subscribers', type: 'Static' });
    expect(
      (await ports.contacts.readContacts([], [{ contactId: 7, segmentId: segment?.id ?? 0, epoch: 1 }])).memberships,
    ).toHaveLength(1);
    expect(ports.memory.published).toEqual([
      {
        eventId: `SysContactConfirmed:7:${noon}`,
        eventTypeKey: 'SysContactConfirmed',
        keyValue: '7',
        contactId: 7,
        params: { ContactId: 7, EmailAddress: 'john@example.com' },
        occurredAt: noon,
      },
    ]);
  });

  test('joins no segment where the stage names none', async () => {
    const { ports, token } = await arranged();

    await confirmContact({ ...ports, confirmedSegment: '' }, token);

    expect([...ports.memory.segments.values()]).toEqual([]);
  });

  test('is harmless a second time, by the same link or by another one from before', async () => {
    const { ports, token } = await arranged();
    const resent = await tokenFor(ports, subscriber, hoursAfter(noon, -1));

    await confirmContact(ports, token);
    ports.own.clock.now = hoursAfter(noon, 1);
    const states = [await confirmContact(ports, token), await confirmContact(ports, resent)];

    expect(states).toEqual([{ state: 'confirmed' }, { state: 'confirmed' }]);
    expect((await stored(ports))?.version).toBe(2);
    expect(ports.memory.published).toHaveLength(1);
  });

  test('tells one event even when two press at once', async () => {
    const { ports, token } = await arranged();

    await Promise.all([confirmContact(ports, token), confirmContact(ports, token), confirmContact(ports, token)]);

    expect(new Set(ports.memory.published.map((event) => JSON.stringify(event))).size).toBe(1);
    expect((await stored(ports))?.version).toBe(2);
  });

  test('can die after any step: the next press ends what was begun, with the same event', async () => {
    const steps: string[] = [];
    const { ports: counting, token } = await arrangedWith(async (name) => void steps.push(name));
    await confirmContact(counting, token);

    for (let last = 0; last < steps.length; last++) {
      let left = last;
      const { ports: dying, token } = await arrangedWith(async () => {
        if (left-- === 0) throw new Error('died');
      });
      await expect(confirmContact(dying, token)).rejects.toThrow('died');
      const ports = confirmationPorts({ memory: dying.memory, own: dying.own });
      dying.own.clock.now = hoursAfter(noon, 2);

      expect(await confirmContact(ports, token)).toEqual({ state: 'confirmed' });
      expect(await confirmContact(ports, token)).toEqual({ state: 'confirmed' });
      expect(await stored(ports)).toMatchObject({ confirmed: true, version: 2 });
      expect(new Set(ports.memory.published.map((event) => JSON.stringify(event))).size).toBe(1);
    }
    expect(steps.length).toBeGreaterThan(5);
  });

  test('sees to the contact as it is by then, when others write it meanwhile', async () => {
    const own = emptyConfirmationMemory();
    let writes = 0;
    const ports: ConfirmationTestPorts = confirmationPorts({
      own,
      step: async (name) => {
        if (!name.startsWith('replaceContact') || writes++ > 0) return;
        const other = confirmationPorts({ memory: ports.memory, own });
        await other.contacts.replaceContacts([
          { contact: { ...subscriber, lastName: 'Smith', version: 2 }, expectedVersion: 1 },
        ]);
      },
    });
    await keep(confirmationPorts({ memory: ports.memory, own }), subscriber);

    await confirmContact(ports, await tokenFor(ports, subscriber));

    expect(await stored(ports)).toMatchObject({ confirmed: true, lastName: 'Smith', version: 3 });
  });

  test('lifts an unsubscription of the address, and neither a complaint nor the blacklist', async () => {
    for (const [reason, isLifted] of [
      ['unsubscribed', true],
      ['spam', false],
      ['blacklisted', false],
    ] as const) {
      const { ports, token } = await arranged();
      suppressAs(ports, reason);

      await confirmContact(ports, token);

      expect(ports.own.suppressed.has('john@example.com')).toBe(!isLifted);
    }
  });

  test('does not lift a later unsubscription by an old link, but does so by a new one, which is told anew', async () => {
    const { ports, token } = await arranged();
    await confirmContact(ports, token);
    suppressAs(ports, 'unsubscribed');

    await confirmContact(ports, token);
    const byOldLink = ports.own.suppressed.size;
    ports.own.clock.now = hoursAfter(noon, 5);
    await confirmContact(ports, await tokenFor(ports, subscriber, hoursAfter(noon, 5), hoursAfter(noon, 50)));

    expect([byOldLink, ports.own.suppressed.size]).toEqual([1, 0]);
    expect(ports.memory.published.map(({ occurredAt }) => occurredAt)).toEqual([noon, hoursAfter(noon, 5)]);
  });

  test.each([
    ['has another address by now', subscriberOf({ email: 'jane@example.com' })],
    ['is deleted', subscriberOf({ state: 'deleted' })],
    ['is erased', subscriberOf({ state: 'erased' })],
  ])('does nothing where the contact %s', async (_, contact) => {
    const { ports, token } = await arranged(contact);

    expect(await confirmContact(ports, token)).toEqual({ state: 'gone' });
    expect(await lookAtConfirmation(ports, token)).toEqual({ state: 'gone' });
    expect(await stored(ports)).toEqual(contact);
    expect(ports.memory.published).toEqual([]);
  });

  test('does nothing by an expired, a forged or a mutilated token', async () => {
    const { ports, token } = await arranged();
    const expired = await tokenFor(ports, subscriber, '2026-01-01T00:00:00.000Z', noon);
    const forged = await tokenFor({ signer: memorySigner('another key') }, subscriber);

    for (const [bad, state] of [
      [expired, 'expired'],
      [forged, 'invalid'],
      [token.slice(1), 'invalid'],
      ['', 'invalid'],
    ] as const) {
      expect(await confirmContact(ports, bad)).toEqual({ state });
      expect(await lookAtConfirmation(ports, bad)).toEqual({ state });
    }
    expect(await stored(ports)).toEqual(subscriber);
  });
});

describe('looking at a confirmation link', () => {
  test('tells what the button would do and changes nothing, however often', async () => {
    const writes: string[] = [];
    const { ports, token } = await arrangedWith(async (name) => {
      if (!/^(read|find)/.test(name)) writes.push(name);
    });

    const before = [await lookAtConfirmation(ports, token), await lookAtConfirmation(ports, token)];
    const written = [...writes];
    await confirmContact(ports, token);

    expect(before).toEqual([{ state: 'open' }, { state: 'open' }]);
    expect(written).toEqual([]);
    expect(await lookAtConfirmation(ports, token)).toEqual({ state: 'confirmed' });
  });
});

const arrangedWith = async (step: (name: string) => Promise<void>) => {
  const own = emptyConfirmationMemory();
  const still = confirmationPorts({ own });
  await keep(still, subscriber);
  const ports = confirmationPorts({ own, memory: still.memory, step });
  return { ports, token: await tokenFor(ports, subscriber) };
};
