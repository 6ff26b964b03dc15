import { describe, expect, it } from 'vitest';
import type { ContactDraft } from '#domain/contacts/contact.ts';
import { identitiesOf } from '#domain/contacts/identity.ts';
import { erasedContact } from '#domain/erasure/erasure.ts';
import type { ContactEvent } from '#domain/events/event.ts';
import type { ImportRow, ImportSession, RowOutcome } from '#domain/imports/import-session.ts';
import { queuedMessage, transactionalReach } from '#domain/messages/message.ts';
import { fingerprint } from '#identity/fingerprint.ts';
import { bareContact } from '#test/support/contacts/bare-contact.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';
import { eraseTraces } from '#usecases/erasure/erase-traces.ts';
import { settlingSeconds } from '#usecases/erasure/settling.ts';
import { keepEvents } from '#usecases/events/keep-events.ts';

const john = bareContact({ id: 7, email: 'john@example.com', sms: '380942583691' });
const erasure = { contactId: 7, fingerprints: identitiesOf(john, new Set()).map(fingerprint) };
const erased = erasedContact(john, { token: 'erase', now: '2026-01-03T00:00:00.000Z' });

const made = () => {
  const ports = memoryPorts();
  ports.memory.contacts.set(7, erased);
  return {
    ...ports,
  };
};

const draftRow = (row: number, draft: ContactDraft): ImportRow => ({ row, draft });

const refusedRow = (row: number, values: Record<string, string>): ImportRow => ({
  row,
  errors: [{ code: 'INVALID_PHONE', field: 'sms', message: "'call me' is not valid phone number" }],
  values,
});

interface Chunk {
  readonly rows: readonly ImportRow[];
  /** Absent: the chunk is still open. */
  readonly outcomes?: readonly RowOutcome[];
}

/** An import of a day of January 2026. */
const importOn = async (
  ports: ReturnType<typeof made>,
  day: number,
  chunks: readonly Chunk[],
  about: Partial<ImportSession> = {},
) => {
  const sessionId = `session-${day}`;
  const ranges = await ports.importFiles.putRows(
    sessionId,
    chunks.map(({ rows }) => rows),
  );
  const session: ImportSession = {
    sessionId,
    settings: {
      dedupeOn: 'email',
      customFieldsIDs: [],
      groupNames: [],
      groupNamesExclude: [],
      restoreDeleted: false,
    },
    state: 'FINISHED',
    total: 0,
    chunkCount: chunks.length,
    createdAt: `2026-01-0${day}T00:00:00.000Z`,
    ...about,
  };
  const stored = ranges.map((range, index) => ({
    sessionId,
    number: index + 1,
    rowCount: chunks[index]?.rows.length ?? 0,
    ...range,
    state: 'open' as const,
  }));
  await ports.imports.create(session, stored);
  for (const chunk of stored) {
    const outcomes = chunks[chunk.number - 1]?.outcomes;
    if (!outcomes) continue;
    const outcomesKey = await ports.importFiles.putOutcomes(chunk, 'attempt', outcomes);
    const counts = { read: 0, created: 0, updated: 0, unchanged: 0, skipped: 0, failed: 0 };
    await ports.imports.endChunk({ ...chunk, state: 'done', counts, outcomesKey });
  }
  return sessionId;
};

const textOf = ({ memory }: ReturnType<typeof made>) => [...memory.objects.values()].join('');

const rowsOf = async (ports: ReturnType<typeof made>, sessionId: string) => {
  const chunks = await ports.imports.listChunks(sessionId);
  return (await Promise.all(chunks.map((chunk) => ports.importFiles.readRows(chunk)))).flat();
};

const created = (row: number, contactId: number, dedupeValue: string): RowOutcome => ({
  row,
  outcome: 'created',
  contactId,
  dedupeValue,
});

const failed = (row: number): RowOutcome => ({
  row,
  outcome: 'failed',
  error: { code: 'INVALID_PHONE', field: 'sms', message: "'call me' is not valid phone number" },
});

describe('the traces of an erased contact', () => {
  it('are gone from rows and outcomes, and every chunk still finds its rows', async () => {
    const ports = made();
    const jane = draftRow(2, { email: 'jane@example.com' });
    const session = await importOn(ports, 1, [
      {
        rows: [draftRow(1, { email: 'john@example.com' }), jane],
        outcomes: [created(1, 7, 'john@example.com'), created(2, 8, 'jane@example.com')],
      },
      { rows: [draftRow(3, { sms: '1', firstName: 'Jöhn' })], outcomes: [created(3, 9, '1')] },
    ]);

    await eraseTraces(ports, [{ erasures: [erasure] }]);

    expect(textOf(ports)).not.toContain('john@example.com');
    expect(await rowsOf(ports, session)).toEqual([
      expect.objectContaining({ row: 1, values: {}, errors: [expect.objectContaining({ code: 'ROW_ERASED' })] }),
      jane,
      draftRow(3, { sms: '1', firstName: 'Jöhn' }),
    ]);
    expect(await ports.importFiles.readOutcomes(`imports/${session}/outcomes/1-attempt.ndjson`)).toEqual([
      { row: 1, outcome: 'created', contactId: 7 },
      created(2, 8, 'jane@example.com'),
    ]);
  });

  it('are gone from rows that came to nobody, however they were written', async () => {
    const ports = made();
    const session = await importOn(ports, 1, [
      {
        rows: [
          refusedRow(1, { email: ' John@Example.com ', sms: 'call me' }),
          refusedRow(2, { email: 'x', sms: '+38 (094) 258-36-91' }),
          draftRow(3, { email: 'john@example.com', externalCustomerId: 'A' }),
          refusedRow(4, { email: 'jane@example.com', sms: 'call me' }),
        ],
        outcomes: [failed(1), failed(2), { row: 3, outcome: 'skipped', dedupeValue: 'john@example.com' }, failed(4)],
      },
    ]);

    await eraseTraces(ports, [{ erasures: [erasure] }]);

    expect((await rowsOf(ports, session)).map((row) => 'errors' in row && row.errors[0]?.code)).toEqual([
      'ROW_ERASED',
      'ROW_ERASED',
      'ROW_ERASED',
      'INVALID_PHONE',
    ]);
    expect(textOf(ports).toLowerCase()).not.toContain('john@example.com');
    expect((await ports.importFiles.readOutcomes(`imports/${session}/outcomes/1-attempt.ndjson`))[0]?.error).toEqual({
      code: 'INVALID_PHONE',
      field: 'sms',
      message: 'The phone number is not valid',
    });
  });

  it('do not take rows along that came to somebody else with the same address', async () => {
    const ports = made();
    const rows = [draftRow(1, { email: 'john@example.com', externalCustomerId: 'B' })];
    const session = await importOn(ports, 1, [{ rows, outcomes: [created(1, 8, 'john@example.com')] }]);

    await eraseTraces(ports, [{ erasures: [erasure] }]);

    expect(await rowsOf(ports, session)).toEqual(rows);
  });

  it('are gone from the outcomes of an attempt that died', async () => {
    const ports = made();
    const session = await importOn(ports, 1, [
      { rows: [draftRow(1, { email: 'john@example.com' })], outcomes: [created(1, 7, 'john@example.com')] },
    ]);
    ports.memory.objects.set(
      `imports/${session}/outcomes/1-dead.ndjson`,
      `${JSON.stringify(created(1, 7, 'john@example.com'))}\n`,
    );

    await eraseTraces(ports, [{ erasures: [erasure] }]);

    expect(textOf(ports)).not.toContain('john@example.com');
  });

  it('in a chunk that is still open are looked for later, and others are wiped at once', async () => {
    const ports = made();
    await importOn(ports, 1, [{ rows: [draftRow(1, { email: 'john@example.com' })] }], { state: 'IMPORTING' });
    const done = await importOn(ports, 2, [
      { rows: [draftRow(1, { email: 'john@example.com' })], outcomes: [created(1, 7, 'john@example.com')] },
    ]);

    await eraseTraces(ports, [{ erasures: [erasure] }]);

    expect(ports.memory.sentErasures).toEqual([{ erasures: [erasure], delaySeconds: settlingSeconds }]);
    expect(ports.memory.objects.get('imports/session-1/rows.ndjson')).toContain('john@example.com');
    expect(ports.memory.objects.get(`imports/${done}/rows.ndjson`)).not.toContain('john@example.com');
  });

  it('are wiped from an import that could not be queued, though its chunks never end', async () => {
    const ports = made();
    await importOn(ports, 1, [{ rows: [draftRow(1, { email: 'john@example.com' })] }], { state: 'ERROR' });

    await eraseTraces(ports, [{ erasures: [erasure] }]);

    expect(textOf(ports)).not.toContain('john@example.com');
    expect(ports.memory.sentErasures).toEqual([]);
  });

  it('are not what was submitted after the erasure', async () => {
    const ports = made();
    const rows = [draftRow(1, { email: 'john@example.com' })];
    const later = await importOn(ports, 4, [{ rows, outcomes: [failed(1)] }]);
    await importOn(ports, 5, [{ rows }], { state: 'STARTED' });

    await eraseTraces(ports, [{ erasures: [erasure] }]);

    expect(await rowsOf(ports, later)).toEqual(rows);
    expect(ports.memory.sentErasures).toEqual([]);
  });

  it('are left to another message where there are too many imports for one', async () => {
    const ports = made();
    for (let index = 0; index < 30; index++) {
      await importOn(ports, 1, [], {
        sessionId: `session-${index}`,
        createdAt: `2026-01-01T00:00:${String(index).padStart(2, '0')}.000Z`,
      });
    }
    let looks = 0;
    const slow = { ...ports, now: () => new Date(Date.UTC(2026, 0, 5) + 600_000 * looks++).toISOString() };

    await eraseTraces(slow, [{ erasures: [erasure] }]);
    const [rest] = ports.memory.sentErasures;
    await eraseTraces(slow, rest ? [rest] : []);

    expect(rest).toEqual({ erasures: [erasure], cursor: expect.any(String), delaySeconds: 0 });
    expect(ports.memory.sentErasures).toHaveLength(1);
  });

  it('are gone from the event log and from segments, whatever comes late', async () => {
    const ports = made();
    const event: ContactEvent = {
      eventId: 'newContact:7',
      eventTypeKey: 'newContact',
      keyValue: 'john@example.com',
      contactId: 7,
      params: { EmailAddress: 'john@example.com' },
      occurredAt: '2026-01-01T00:00:00.000Z',
    };
    await ports.contacts.changeMemberships({ add: [{ contactId: 7, segmentId: 3, epoch: 0 }], remove: [] });
    await ports.eventLog.append([event, { ...event, eventId: 'newContact:8', contactId: 8 }]);
    const about = {
      channel: 'email',
      content: { contentId: 'c' },
      reach: transactionalReach,
      isPersonal: true,
    } as const;
    const messages = [7, 8].map((contactId) => ({ requestId: `to-${contactId}`, contactId, to: 'x', params: {} }));
    await ports.messages.create(
      messages.map((message) => queuedMessage(message, about, event.occurredAt)),
      false,
    );

    await eraseTraces(ports, [{ erasures: [erasure] }]);
    await keepEvents(ports, [event]);

    expect([...ports.memory.eventLog.values()].map(({ contactId }) => contactId)).toEqual([8]);
    expect(ports.memory.memberships.size).toBe(0);
    expect([...ports.memory.messages.keys()]).toEqual(['to-8']);
  });

  it('are gone from events that nobody could be found for when they came, but not from those that came after', async () => {
    const ports = made();
    const event: ContactEvent = {
      eventId: 'by-email',
      eventTypeKey: 'cartAbandoned',
      keyValue: 'cart-1',
      params: { email: 'John@Example.com' },
      occurredAt: '2026-01-01T00:00:00.000Z',
      origin: 'caller',
    };
    await keepEvents(ports, [
      event,
      { ...event, eventId: 'by-phone', params: { Phone: '+380 94 258 36 91' } },
      { ...event, eventId: 'by-key', keyValue: 'john@example.com', params: {} },
      { ...event, eventId: 'told-later', origin: 'history', publishedAt: '2026-01-04T00:00:00.000Z' },
      { ...event, eventId: 'later', occurredAt: '2026-01-04T00:00:00.000Z' },
      { ...event, eventId: 'other', params: { email: 'jane@example.com' } },
    ]);

    await eraseTraces(ports, [{ erasures: [erasure] }]);

    expect([...ports.memory.eventLog.values()].map(({ eventId }) => eventId)).toEqual(['told-later', 'later', 'other']);
  });

  it('of a contact that was never erased after all stay', async () => {
    const ports = made();
    ports.memory.contacts.set(7, john);
    const session = await importOn(ports, 1, [
      { rows: [draftRow(1, { email: 'john@example.com' })], outcomes: [created(1, 7, 'john@example.com')] },
    ]);

    await eraseTraces(ports, [{ erasures: [erasure] }]);

    expect(await rowsOf(ports, session)).toEqual([draftRow(1, { email: 'john@example.com' })]);
  });

  it('are gone after every death of the function, once it came again', async () => {
    for (let steps = 1; steps < 40; steps++) {
      const ports = made();
      await importOn(ports, 1, [
        { rows: [draftRow(1, { email: 'john@example.com' })], outcomes: [created(1, 7, 'john@example.com')] },
        { rows: [refusedRow(2, { email: 'john@example.com' })], outcomes: [failed(2)] },
      ]);
      let left = steps;
      const mortal = memoryPorts({
        memory: ports.memory,
        step: async () => {
          left -= 1;
          if (left === 0) throw new Error('died');
        },
      });

      await eraseTraces({ ...ports, ...mortal }, [{ erasures: [erasure] }]).catch(() => {});
      await eraseTraces(ports, [{ erasures: [erasure] }]);

      expect(textOf(ports)).not.toContain('john@example.com');
    }
  });
});
