import { describe, expect, it } from 'vitest';
import { parsePastEvents } from '#contract/events/past-events.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';
import { addContact } from '#usecases/contacts/add-contact.ts';
import { addPastEvents } from '#usecases/events/add-past-events.ts';
import { deletePastEvents } from '#usecases/events/delete-past-events.ts';

const made = () => ({
  ...memoryPorts(),
  deletesPastEvents: true,
});
type Ports = ReturnType<typeof made>;

const rule = { defaultCountry: 'UA', isStrict: true, now: '2026-01-05T09:00:00.000Z' };
const eventOn = (day: string, email = 'mail@example.com') => ({
  eventTypeKey: 'bought',
  keyValue: 'k',
  occurred: day,
  params: [{ name: 'email', value: email }],
});
const tell = (ports: Ports, ...events: readonly object[]) => addPastEvents(ports, parsePastEvents({ events }, rule));
const logged = ({ memory }: Ports) => [...memory.eventLog.values()];

describe('past events', () => {
  it('are in the log with their time and whom they are about, and launch nothing', async () => {
    const ports = made();
    const draft = { email: 'mail@example.com' };
    const { id } = await addContact(ports, { draft, groupNames: [], groupIds: [], warnings: [] });

    await tell(ports, eventOn('2025-12-24'), eventOn('2025-12-25', 'nobody@example.com'));

    expect(ports.memory.published).toEqual([]);
    expect(logged(ports)).toMatchObject([
      { origin: 'history', occurredAt: '2025-12-24T00:00:00.000Z', contactId: id },
      { origin: 'history', occurredAt: '2025-12-25T00:00:00.000Z', params: { email: 'nobody@example.com' } },
    ]);
    expect(logged(ports).map(({ contactId }) => contactId)).toEqual([id, undefined]);
  });

  it('are the same when they are told again, while two alike of one request are two', async () => {
    const ports = made();
    const twice = [eventOn('2025-12-24'), eventOn('2025-12-24'), eventOn('2025-12-25')];

    await tell(ports, ...twice);
    await tell(ports, ...twice);

    expect(logged(ports).map(({ occurredAt }) => occurredAt.slice(0, 10))).toEqual([
      '2025-12-24',
      '2025-12-24',
      '2025-12-25',
    ]);
  });

  it('about a contact that was erased meanwhile are not kept', async () => {
    const ports = made();
    const draft = { email: 'mail@example.com' };
    const { id } = await addContact(ports, { draft, groupNames: [], groupIds: [], warnings: [] });
    const { contacts, memory } = ports;
    let looks = 0;
    const erasing = {
      ...ports,
      contacts: {
        ...contacts,
        readContacts: async (...asked: Parameters<typeof contacts.readContacts>) => {
          const stored = memory.contacts.get(id);
          if (stored && looks++ > 0) memory.contacts.set(id, { ...stored, state: 'erased' });
          return contacts.readContacts(...asked);
        },
      },
    };

    await tell(erasing, eventOn('2025-12-24'));

    expect(logged(ports)).toEqual([]);
  });

  it('of a range of time are deleted, and what came over the bus stays', async () => {
    const ports = made();
    await tell(ports, ...['2025-12-23', '2025-12-24', '2025-12-25', '2025-12-26'].map((day) => eventOn(day)));
    const own = {
      eventId: 'own',
      eventTypeKey: 'a',
      keyValue: 'k',
      params: {},
      occurredAt: '2025-12-24T12:00:00.000Z',
    };
    await ports.eventLog.append([own]);

    await deletePastEvents(ports, { from: '2025-12-24T00:00:00.000Z', to: '2025-12-25T00:00:00.000Z' });

    expect(logged(ports).map(({ occurredAt }) => occurredAt.slice(0, 13))).toEqual([
      '2025-12-23T00',
      '2025-12-26T00',
      '2025-12-24T12',
    ]);
  });

  it('are deleted by as many requests as it takes, each of which says whether there are more', async () => {
    const ports = made();
    const slow = {
      ...ports,
      now: () => new Date(Date.parse('2026-01-05T09:00:00.000Z') + 6_000 * ++looks).toISOString(),
    };
    let looks = 0;
    await tell(ports, ...['2025-12-24', '2025-12-25', '2025-12-26'].map((day) => eventOn(day)));
    const range = { from: '2025-12-01T00:00:00.000Z', to: '2025-12-31T00:00:00.000Z' };

    await expect(deletePastEvents(slow, range)).rejects.toMatchObject({ code: 'THROTTLED' });
    expect(logged(ports)).toHaveLength(1);
    await deletePastEvents(ports, range);

    expect(logged(ports)).toEqual([]);
  });

  it('are deleted by nobody where the stage does not let callers do so', async () => {
    const ports = { ...made(), deletesPastEvents: false };
    await tell(ports, eventOn('2025-12-24'));
    const range = { from: '2025-12-01T00:00:00.000Z', to: '2025-12-31T00:00:00.000Z' };

    await expect(deletePastEvents(ports, range)).rejects.toMatchObject({ code: 'FORBIDDEN' });

    expect(logged(ports)).toHaveLength(1);
  });
});
