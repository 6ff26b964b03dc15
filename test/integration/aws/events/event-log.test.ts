import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventLogOn } from '#aws/events/event-log.ts';
import { pastEventsOn } from '#aws/events/past-events.ts';
import type { ContactEvent, LoggedEvent } from '#domain/events/event.ts';
import type { EventLog, PastEvents } from '#domain/events/ports.ts';
import { clientFor, createTable, type Engine, startDynamoDb } from '#test/support/engines.ts';
import { meter } from '#test/support/faults.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startDynamoDb();
});
afterAll(() => engine.stop());

const openTable = async () => {
  const client = new DynamoDBClient(clientFor(engine));
  return { client, tableName: await createTable(client) };
};

const logsAndPasts: Record<string, () => Promise<{ log: EventLog; past: PastEvents }>> = {
  memory: async () => {
    const { eventLog: log, pastEvents: past } = memoryPorts();
    return { log, past };
  },
  DynamoDB: async () => {
    const { client, tableName } = await openTable();
    const log = eventLogOn(client, tableName, { retentionDays: 36_500 });
    return { log, past: pastEventsOn(client, tableName) };
  },
};
const subjects = Object.entries(logsAndPasts).map(([name, open]) => [name, async () => (await open()).log] as const);

const eventOf = (about: Partial<LoggedEvent> = {}): LoggedEvent => ({
  eventId: 'event-1',
  eventTypeKey: 'newContact',
  keyValue: 'john@example.com',
  contactId: 7,
  params: { contactId: 7, EmailAddress: 'john@example.com', SMS: '' },
  occurredAt: '2026-01-05T09:00:00.000Z',
  ...about,
});

const everyPage = async (log: EventLog, filter: Parameters<EventLog['list']>[0], limit: number) => {
  const seen: ContactEvent[] = [];
  let cursor: string | undefined;
  do {
    const page = await log.list(filter, { limit, ...(cursor && { cursor }) });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    seen.push(...page.items);
    cursor = page.cursor;
  } while (cursor);
  return seen;
};

describe.each(subjects)('the event log in %s', (_, open) => {
  test('lists what is about a contact, whatever its key, between two times and page by page', async () => {
    const log = await open();
    const at = (day: number) => `2026-01-${String(day).padStart(2, '0')}T09:00:00.000Z`;
    await log.append([
      eventOf({ eventId: 'by-address', occurredAt: at(1) }),
      eventOf({ eventId: 'by-id', keyValue: '7', occurredAt: at(2) }),
      eventOf({ eventId: 'of-another', keyValue: '7', contactId: 8, occurredAt: at(3) }),
      eventOf({ eventId: 'by-order', keyValue: 'O-1', eventTypeKey: 'orderINITIALIZED', occurredAt: at(4) }),
    ]);

    const all = await everyPage(log, { contactId: 7 }, 1);
    const some = await everyPage(log, { contactId: 7, from: at(2), to: at(3) }, 10);
    const late = await everyPage(log, { from: at(3) }, 10);

    expect(all.map(({ eventId }) => eventId)).toEqual(['by-order', 'by-id', 'by-address']);
    expect(all[2]).toEqual(eventOf({ eventId: 'by-address', occurredAt: at(1) }));
    expect(some.map(({ eventId }) => eventId)).toEqual(['by-id']);
    expect(late.map(({ eventId }) => eventId)).toEqual(['by-order', 'of-another']);
  });

  test('gives an event back whole, and the same event again changes nothing', async () => {
    const log = await open();

    await log.append([eventOf(), eventOf()]);
    await log.append([eventOf()]);

    expect(await log.list({}, { limit: 10 })).toEqual({ items: [eventOf()] });
  });

  test('knows whether it has an event', async () => {
    const log = await open();
    await log.append([eventOf()]);

    expect(await log.has(eventOf())).toBe(true);
    expect(await log.has(eventOf({ eventId: 'event-2' }))).toBe(false);
    expect(await log.has(eventOf({ occurredAt: '2026-01-05T09:00:00.001Z' }))).toBe(false);
  });

  test('lists by type, by key value, and by both', async () => {
    const log = await open();
    const events = [
      eventOf({ eventId: 'a', occurredAt: '2026-01-05T09:00:01.000Z' }),
      eventOf({ eventId: 'b', occurredAt: '2026-01-05T09:00:02.000Z', eventTypeKey: 'other' }),
      eventOf({ eventId: 'c', occurredAt: '2026-01-05T09:00:03.000Z', keyValue: 'jane@example.com' }),
    ];
    await log.append(events);
    const idsOf = async (filter: Parameters<EventLog['list']>[0]) =>
      (await log.list(filter, { limit: 10 })).items.map(({ eventId }) => eventId);

    expect(await idsOf({})).toEqual(['c', 'b', 'a']);
    expect(await idsOf({ type: 'newContact' })).toEqual(['c', 'a']);
    expect(await idsOf({ keyValue: 'john@example.com' })).toEqual(['b', 'a']);
    expect(await idsOf({ type: 'other', keyValue: 'john@example.com' })).toEqual(['b']);
    expect(await idsOf({ type: 'unknown' })).toEqual([]);
  });

  test('shows each event exactly once, newest first, however the pages fall', async () => {
    const log = await open();
    const secondOf = (index: number) => String(Math.floor(index / 3)).padStart(2, '0');
    const events = Array.from({ length: 120 }, (_, index) =>
      eventOf({
        eventId: crypto.randomUUID(),
        eventTypeKey: index % 2 ? 'odd' : 'even',
        keyValue: `p${index % 5}@example.com`,
        occurredAt: `2026-01-05T09:00:${secondOf(index)}.000Z`,
      }),
    );
    await log.append(events);
    const sortOf = ({ occurredAt, eventId }: ContactEvent) => `${occurredAt}#${eventId}`;
    const newestFirst = events.toSorted((one, other) => (sortOf(one) < sortOf(other) ? 1 : -1));

    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 130 }),
        fc.constantFrom(undefined, 'odd', 'even'),
        fc.constantFrom(undefined, 'p1@example.com'),
        async (limit, type, keyValue) => {
          const filter = { ...(type && { type }), ...(keyValue && { keyValue }) };
          const expected = newestFirst.filter(
            (event) => (!type || event.eventTypeKey === type) && (!keyValue || event.keyValue === keyValue),
          );

          expect(await everyPage(log, filter, limit)).toEqual(expected);
        },
      ),
      { numRuns: 12 },
    );
  });

  test('forgets the events of a contact under every key value, and nobody else’s', async () => {
    const log = await open();
    const others = eventOf({ eventId: 'd', contactId: 8 });
    const stranger = eventOf({ eventId: 'e', contactId: 9, keyValue: '7' });
    await log.append([
      eventOf({ eventId: 'a' }),
      eventOf({ eventId: 'b', keyValue: 'old@example.com', eventTypeKey: 'other' }),
      eventOf({ eventId: 'c', keyValue: '7' }),
      others,
      stranger,
    ]);

    await log.forget(7);
    await log.forget(7);

    expect(await log.list({}, { limit: 10 })).toEqual({ items: [stranger, others] });
    expect(await log.list({ keyValue: 'old@example.com' }, { limit: 10 })).toEqual({ items: [] });
    expect(await log.has(eventOf({ eventId: 'a' }))).toBe(false);
  });
});

describe.each(subjects)('events of nobody who is known in %s', (_, open) => {
  const unknown = (about: Partial<LoggedEvent>): LoggedEvent => {
    const { contactId: _contactId, ...event } = eventOf(about);
    return event;
  };

  test('are forgotten by a fingerprint of whom they may be about, and only by that', async () => {
    const log = await open();
    const others = unknown({ eventId: 'c', fingerprints: ['jane'] });
    const known = eventOf({ eventId: 'd' });
    const nobodys = unknown({ eventId: 'e' });
    await log.append([
      unknown({ eventId: 'a', fingerprints: ['john', '380942583691'] }),
      unknown({ eventId: 'b', keyValue: 'john', fingerprints: ['john'] }),
      others,
      known,
      nobodys,
    ]);

    await log.forgetUnknown(['john', 'nobody'], '2027-01-01T00:00:00.000Z');
    await log.forgetUnknown(['john', 'nobody'], '2027-01-01T00:00:00.000Z');

    expect((await log.list({}, { limit: 10 })).items.toSorted(byId)).toEqual([others, known, nobodys]);
  });

  test('stay where they were told after the time that is given, whenever they occurred', async () => {
    const log = await open();
    const later = unknown({ eventId: 'a', fingerprints: ['john'], occurredAt: '2026-01-05T09:00:00.001Z' });
    const publishedLater = unknown({ eventId: 'b', fingerprints: ['john'], publishedAt: '2026-02-05T09:00:00.000Z' });
    await log.append([later, publishedLater, unknown({ eventId: 'c', fingerprints: ['john'] })]);

    await log.forgetUnknown(['john'], '2026-01-05T09:00:00.000Z');

    expect((await log.list({}, { limit: 10 })).items.toSorted(byId)).toEqual([later, publishedLater]);
  });

  test('come back with whatever JSON can hold', async () => {
    const log = await open();
    const params = { '': [null, true, { __proto__x: 1e300 }], 'a b': 2 ** 53 + 2, list: [[[]]], text: '' };
    const event = unknown({ params, origin: 'caller' });

    await log.append([event]);

    expect(await log.list({}, { limit: 10 })).toEqual({ items: [event] });
  });
});

describe.each(Object.entries(logsAndPasts))('past events in %s', (_, open) => {
  const pastAt = (time: string, about: Partial<LoggedEvent> = {}) =>
    eventOf({ eventId: `history:${time}`, occurredAt: time, origin: 'history', ...about });
  const range = { from: '2026-01-02T00:00:00.000Z', to: '2026-01-03T00:00:00.000Z' };
  const inTime = () => false;

  test('of a range of time are removed, its first and its last moment included, and nothing else is', async () => {
    const { log, past } = await open();
    const others = [
      pastAt('2026-01-01T23:59:59.999Z'),
      pastAt('2026-01-03T00:00:00.001Z'),
      eventOf({ eventId: 'own', occurredAt: '2026-01-02T12:00:00.000Z' }),
      eventOf({ eventId: 'callers', occurredAt: '2026-01-02T12:00:00.000Z', origin: 'caller' }),
    ];
    await log.append([pastAt(range.from), pastAt('2026-01-02T12:00:00.000Z'), pastAt(range.to), ...others]);

    const isDone = await past.remove(range, inTime);

    expect(isDone).toBe(true);
    expect((await log.list({}, { limit: 10 })).items.toSorted(byId)).toEqual(others.toSorted(byId));
    expect((await log.list({ keyValue: 'john@example.com' }, { limit: 10 })).items).toHaveLength(4);
  });

  test('are removed as long as there is time, and a repeat goes on', async () => {
    const { log, past } = await open();
    const times = Array.from({ length: 40 }, (_, index) => `2026-01-02T12:00:${String(index).padStart(2, '0')}.000Z`);
    await log.append(times.map((time) => pastAt(time)));

    const first = await past.remove(range, () => true);
    const second = await past.remove(range, inTime);

    expect([first, second]).toEqual([false, true]);
    expect(await log.list({}, { limit: 50 })).toEqual({ items: [] });
  });
});

const byId = (one: LoggedEvent, other: LoggedEvent): number => one.eventId.localeCompare(other.eventId);

describe('the event log in DynamoDB', () => {
  test('keeps an event since it was told, however long ago it occurred', async () => {
    const { client, tableName } = await openTable();
    const log = eventLogOn(client, tableName, { retentionDays: 1 });
    const event = eventOf({ occurredAt: '2020-01-05T09:00:00.000Z', publishedAt: new Date().toISOString() });

    await log.append([event]);

    expect(await log.list({}, { limit: 10 })).toEqual({ items: [event] });
  });

  test('forgets events after their retention', async () => {
    const { client, tableName } = await openTable();
    const log = eventLogOn(client, tableName, { retentionDays: 1 });

    await log.append([eventOf({ occurredAt: '2020-01-05T09:00:00.000Z' })]);

    expect(await log.list({}, { limit: 10 })).toEqual({ items: [] });
    expect(await log.list({ keyValue: 'john@example.com' }, { limit: 10 })).toEqual({ items: [] });
  });

  test('leaves nothing of past events that were removed', async () => {
    const { client, tableName } = await openTable();
    const log = eventLogOn(client, tableName, { retentionDays: 36_500 });
    const { contactId: _contactId, ...unknown } = eventOf({ eventId: 'unknown', fingerprints: ['a', 'b'] });
    await log.append([eventOf({ origin: 'history' }), { ...unknown, origin: 'history' }]);
    const range = { from: '2026-01-01T00:00:00.000Z', to: '2026-01-31T00:00:00.000Z' };

    await pastEventsOn(client, tableName).remove(range, () => false);

    expect((await client.send(new ScanCommand({ TableName: tableName }))).Items).toEqual([]);
  });

  test('costs three write units an event, and one more where its key is not the id of its contact', async () => {
    const { client, tableName } = await openTable();
    const log = eventLogOn(client, tableName, { retentionDays: 90 });
    const used = meter(client);
    const events = (about: Partial<ContactEvent>) =>
      Array.from({ length: 25 }, (_, index) => eventOf({ eventId: `event-${index}`, ...about }));

    await log.append(events({ keyValue: '7' }));
    const keyedById = { ...used };
    await log.append(events({}));

    expect(keyedById).toMatchObject({ requests: 1, capacityUnits: 75 });
    expect(used).toMatchObject({ requests: 3, capacityUnits: 175 });
  });

  test('leaves nothing of a contact that it forgot', async () => {
    const { client, tableName } = await openTable();
    const log = eventLogOn(client, tableName, { retentionDays: 36_500 });
    const { contactId: _contactId, ...unknown } = eventOf({ eventId: 'unknown', fingerprints: ['jane'] });
    await log.append([eventOf(), eventOf({ eventId: 'other', keyValue: '7' }), unknown]);

    await log.forget(7);

    await log.forgetUnknown(['jane'], '2026-01-05T09:00:00.000Z');

    expect((await client.send(new ScanCommand({ TableName: tableName }))).Items).toEqual([]);
  });
});
