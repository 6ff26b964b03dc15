import { describe, expect, it } from 'vitest';
import type { ContactDraft } from '#domain/contacts/contact.ts';
import type { ImportSettings } from '#domain/imports/import-session.ts';
import { createImport, deliver, importRowsOf, importSettings, outcomesOf } from '#test/support/imports/import-runs.ts';
import { emptyMemory, type Memory, memoryPorts } from '#test/support/memory-ports.ts';
import { closeImport } from '#usecases/imports/close-import.ts';
import { failChunk } from '#usecases/imports/fail-chunk.ts';
import { importChunk } from '#usecases/imports/import-chunk.ts';

const sevenRows: ContactDraft[] = Array.from({ length: 7 }, (_, index) => ({ email: `${index}@x.x` }));

/** A session of these chunks, none of which was delivered yet. */
const waiting = async (about: Partial<ImportSettings> = {}, pieces = [sevenRows.slice(0, 3), sevenRows.slice(3)]) => {
  const memory = emptyMemory();
  const ports = memoryPorts({ memory });
  const settings = importSettings(about);
  const rows = importRowsOf(pieces.flat(), settings);
  const remaining = rows.values();
  const cut = pieces.map(({ length }) => [...remaining.take(length)]);
  const [first, second] = await createImport(ports, cut, settings);
  if (!first) throw new Error('There is no chunk');
  const session = () => memory.sessions.get(first.sessionId);
  return { memory, ports, first, second: second ?? first, session };
};

const everything = ({ contacts, claims, memberships, published, chunks, sessions, objects }: Memory) =>
  structuredClone({ contacts, claims, memberships, published, chunks, sessions, objects });

describe('a chunk', () => {
  it('gives every row an outcome, tells each birth once, and starts its session', async () => {
    const { memory, first, session } = await waiting({ groupNames: ['Customers'] });

    await deliver(memory, first);

    expect(outcomesOf(memory, first.sessionId).map(({ row, outcome }) => [row, outcome])).toEqual([
      [1, 'created'],
      [2, 'created'],
      [3, 'created'],
    ]);
    expect(memory.published.map(({ eventId }) => eventId)).toEqual(['newContact:1', 'newContact:2', 'newContact:3']);
    expect(memory.memberships.size).toBe(3);
    expect(session()).toMatchObject({ state: 'IMPORTING' });
  });

  it('files each contact in the segments that its row names, also when its worker dies', async () => {
    const drafts = [
      { email: 'a@x.x', segmentNames: ['VIP', 'Customers'] },
      { email: 'b@x.x' },
      { email: 'a@x.x', segmentNames: ['Blog'] },
    ];
    for (let operations = 0; operations < 40; operations += 1) {
      const { memory, first } = await waiting({ groupNames: ['Customers'] }, [drafts]);

      await deliver(memory, first, [operations]);

      const { segments } = memoryPorts({ memory });
      const names = new Map((await segments.list()).map(({ id, name }) => [id, name]));
      const joined = [...memory.memberships.values()].map(
        (one) => `${memory.contacts.get(one.contactId)?.email} ${names.get(one.segmentId)}`,
      );
      expect(joined.sort()).toEqual(['a@x.x Blog', 'a@x.x Customers', 'a@x.x VIP', 'b@x.x Customers']);
    }
  });

  it('tells no births where no event is asked for', async () => {
    const { memory, ports } = await waiting();
    const { eventKeyForNewContacts: _, ...settings } = importSettings();
    const [chunk] = await createImport(ports, [importRowsOf([{ email: 'x@x.x' }], settings)], settings);

    if (chunk) await deliver(memory, chunk);

    expect(memory.contacts.size).toBe(1);
    expect(memory.published).toEqual([]);
  });

  it('files a refused row as failed, beside the others', async () => {
    const { memory, first } = await waiting({}, [[{ email: 'x@x.x' }, { firstName: 'Nobody' }]]);

    await deliver(memory, first);

    expect(outcomesOf(memory, first.sessionId)).toMatchObject([
      { row: 1, outcome: 'created', contactId: 1, dedupeValue: 'x@x.x' },
      { row: 2, outcome: 'failed', error: { code: 'MISSING_DEDUPE_VALUE' } },
    ]);
  });

  it('changes nothing when it is delivered again after its end', async () => {
    const { memory, first } = await waiting();
    await deliver(memory, first);
    const before = everything(memory);

    await deliver(memory, first);

    expect(everything(memory)).toEqual(before);
  });

  it('may be worked on by two at once', async () => {
    const { memory, first, second, session } = await waiting();

    await Promise.all([first, first, second, second].map((chunk) => deliver(memory, chunk)));

    expect(memory.contacts.size).toBe(7);
    expect(new Set(memory.published.map(({ eventId }) => eventId)).size).toBe(7);
    expect(session()).toMatchObject({ state: 'FINISHED', counts: { read: 7, created: 7 } });
  });

  it.each([0, 5, 10, 15, 20, 25, 30, 35, 40])('survives a worker that dies after %i operations', async (operations) => {
    const { memory, first, second, session } = await waiting({ groupNames: ['Customers'] });

    await deliver(memory, first, [operations]);
    await deliver(memory, second, [operations, operations + 3]);

    expect(session()).toMatchObject({ state: 'FINISHED', counts: { read: 7, created: 7 } });
    expect(memory.contacts.size).toBe(7);
    expect(memory.memberships.size).toBe(7);
    expect(new Set(memory.published.map(({ eventId }) => eventId)).size).toBe(7);
  });

  it('fails while its rows cannot be read in full, so that it is delivered again', async () => {
    const { memory, ports, first } = await waiting();
    const key = [...memory.objects.keys()][0] ?? '';
    memory.objects.set(key, (memory.objects.get(key) ?? '').replace('\n', ''));

    await expect(importChunk(ports, first)).rejects.toThrow();

    expect(memory.chunks.get(`${first.sessionId}#1`)?.state).toBe('open');
  });

  it('is ignored where its session is unknown or gone', async () => {
    const { memory, ports, first } = await waiting();

    await importChunk(ports, { sessionId: first.sessionId, number: 99 });
    await importChunk(ports, { sessionId: '00000000-0000-4000-8000-ffffffffffff', number: 1 });

    expect(memory.contacts.size).toBe(0);
  });
});

describe('a session', () => {
  it('is FINISHED by the chunk that ends last, whichever that is', async () => {
    const { memory, first, second, session } = await waiting();

    await deliver(memory, second);
    const between = session();
    await deliver(memory, first);

    expect(between).toMatchObject({ state: 'IMPORTING' });
    expect(session()).toMatchObject({
      state: 'FINISHED',
      counts: { read: 7, created: 7, updated: 0, unchanged: 0, skipped: 0, failed: 0 },
    });
  });

  it('is FINISHED by a delivery that follows a worker who died before he could say so', async () => {
    const { memory, ports, first, session } = await waiting({}, [[{ email: 'x@x.x' }]]);
    const dying = { ...ports.imports, hasOpenChunks: () => Promise.reject(new Error('dead')) };
    await expect(importChunk({ ...ports, imports: dying }, first)).rejects.toThrow('dead');
    const between = session();

    await deliver(memory, first);

    expect(between).toMatchObject({ state: 'IMPORTING' });
    expect(session()).toMatchObject({ state: 'FINISHED' });
  });

  it('ends in ERROR where its rows do not add up', async () => {
    const { memory, ports, first, session } = await waiting({}, [[{ email: 'x@x.x' }]]);
    const started = session();
    if (started) memory.sessions.set(first.sessionId, { ...started, total: 2 });

    await importChunk(ports, first);

    expect(session()).toMatchObject({ state: 'ERROR', reason: 'The rows do not add up', counts: { read: 1 } });
  });

  it('stays as it is once it is FINISHED', async () => {
    const { memory, ports, first, second, session } = await waiting();
    await deliver(memory, first);
    await deliver(memory, second);
    const finished = session();

    await closeImport(ports, first.sessionId);

    expect(session()).toEqual(finished);
  });
});

describe('a chunk that kept failing', () => {
  it('has each of its rows told apart, and a person told', async () => {
    const { memory, ports, first, second, session } = await waiting();
    await deliver(memory, first);

    await failChunk(ports, second);

    expect(outcomesOf(memory, first.sessionId).map(({ outcome, error }) => error?.code ?? outcome)).toEqual([
      ...['created', 'created', 'created'],
      ...['CHUNK_FAILED', 'CHUNK_FAILED', 'CHUNK_FAILED', 'CHUNK_FAILED'],
    ]);
    expect(session()).toMatchObject({
      state: 'ERROR',
      reason: '4 rows in 1 of 2 chunks could not be imported',
      counts: { read: 7, created: 3, failed: 4 },
    });
    expect(memory.deadLetters).toMatchObject([{ sessionId: first.sessionId, number: 2 }]);
  });

  it('leaves its session open while others are at work', async () => {
    const { memory, ports, first, second, session } = await waiting();

    await failChunk(ports, second);
    const between = session();
    await deliver(memory, first);

    expect(between).toMatchObject({ state: 'STARTED' });
    expect(session()).toMatchObject({ state: 'ERROR', counts: { read: 7, created: 3, failed: 4 } });
  });

  it('is FINISHED after all when it is driven again', async () => {
    const { memory, ports, first, second, session } = await waiting();
    await deliver(memory, first);
    await failChunk(ports, second);

    await deliver(memory, second);

    expect(session()).toMatchObject({ state: 'FINISHED', counts: { read: 7, created: 7, failed: 0 } });
    expect(session()?.reason).toBeUndefined();
    expect(outcomesOf(memory, first.sessionId).map(({ outcome }) => outcome)).toEqual(Array(7).fill('created'));
    expect(new Set(memory.published.map(({ eventId }) => eventId)).size).toBe(7);
  });

  it('tells births of deliveries that died when it is driven again', async () => {
    const { memory, ports, first } = await waiting({}, [[{ email: 'x@x.x' }]]);
    const dying = { ...ports, eventBus: { publish: () => Promise.reject(new Error('dead')) } };
    await expect(importChunk(dying, first)).rejects.toThrow('dead');
    await failChunk(ports, first);

    await deliver(memory, first);

    expect(outcomesOf(memory, first.sessionId)).toMatchObject([{ row: 1, outcome: 'created' }]);
    expect(memory.published.map(({ eventId }) => eventId)).toEqual(['newContact:1']);
  });

  it('counts its rows as failed even where they cannot be read', async () => {
    const { memory, ports, first, session } = await waiting({}, [sevenRows]);
    memory.objects.set([...memory.objects.keys()][0] ?? '', 'no rows at all');

    await failChunk(ports, first);

    expect(session()).toMatchObject({ state: 'ERROR', counts: { read: 7, failed: 7 } });
  });

  it('is left alone where it was done meanwhile, and nobody is told', async () => {
    const { memory, ports, first, session } = await waiting({}, [sevenRows]);
    await deliver(memory, first);

    await failChunk(ports, first);

    expect(session()).toMatchObject({ state: 'FINISHED' });
    expect(memory.deadLetters).toEqual([]);
  });

  it('survives that its own worker dies at any step', async () => {
    for (let operations = 0; operations < 8; operations++) {
      const { memory, first, session } = await waiting({}, [sevenRows]);
      let left = operations;
      const step = async () => {
        if (left-- <= 0) throw new Error('dead');
      };
      await failChunk(memoryPorts({ memory, step }), first).catch(() => {});

      await failChunk(memoryPorts({ memory }), first);

      expect(session()).toMatchObject({ state: 'ERROR', counts: { read: 7, failed: 7 } });
      expect(memory.deadLetters.length).toBeGreaterThan(0);
    }
  });
});
