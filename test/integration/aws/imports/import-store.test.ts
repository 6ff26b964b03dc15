import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importStore } from '#aws/imports/import-store.ts';
import type { ImportChunk, ImportSession } from '#domain/imports/import-session.ts';
import type { ImportStore } from '#domain/imports/ports.ts';
import { nothingUndone } from '#domain/imports/undone-rows.ts';
import { clientFor, createTable, type Engine, startDynamoDb } from '#test/support/engines.ts';
import { loseAnswers } from '#test/support/faults.ts';
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

const subjects: Record<string, () => Promise<ImportStore>> = {
  memory: async () => memoryPorts().imports,
  DynamoDB: async () => {
    const { client, tableName } = await openTable();
    return importStore(client, tableName, { retentionDays: 36_500 });
  },
};

const sessionOf = (about: Partial<ImportSession> = {}): ImportSession => ({
  sessionId: 'e76ec64c-4243-4124-a9e7-b50a2a7a6c90',
  settings: {
    dedupeOn: 'email',
    customFieldsIDs: [],
    groupNames: ['Customers'],
    groupNamesExclude: [],
    restoreDeleted: false,
  },
  state: 'STARTED',
  total: 5,
  chunkCount: 2,
  createdAt: '2026-01-05T09:00:00.000Z',
  ...about,
});
const { sessionId } = sessionOf();
const chunkOf = (number: number): ImportChunk => ({
  sessionId,
  number,
  rowCount: 3,
  firstByte: 0,
  lastByte: 99,
  state: 'open',
});
const counts = { read: 3, created: 3, updated: 0, unchanged: 0, skipped: 0, failed: 0 };
const doneOf = (number: number, outcomesKey = `outcomes/${number}`) => ({
  ...chunkOf(number),
  state: 'done' as const,
  counts,
  outcomesKey,
});
const failedOf = (number: number) => ({ ...doneOf(number, `failures/${number}`), state: 'failed' as const });

describe.each(Object.entries(subjects))('imports in %s', (_, open) => {
  test('are paused, resumed and cancelled as their state allows', async () => {
    const imports = await open();
    const states: unknown[] = [];
    const note = async () => states.push((await imports.find(sessionId))?.state);
    await imports.create(sessionOf({ state: 'IMPORTING' }), [chunkOf(1)]);

    for (const act of ['resume', 'pause', 'pause', 'resume', 'pause', 'cancel', 'resume', 'pause', 'cancel'] as const) {
      await imports[act](sessionId);
      await note();
    }

    expect(states).toEqual([
      'IMPORTING',
      'PAUSED',
      'PAUSED',
      'IMPORTING',
      'PAUSED',
      'CANCELLED',
      'CANCELLED',
      'CANCELLED',
      'CANCELLED',
    ]);
    expect(await imports.find(sessionId)).not.toHaveProperty('pausedFrom');
  });

  test('have one undo at a time, which moves as its state allows and ends once', async () => {
    const imports = await open();
    const undo = { state: 'RUNNING', startedAt: '2026-02-01T09:00:00.000Z', counts: nothingUndone } as const;
    const next = { ...undo, startedAt: '2026-02-02T09:00:00.000Z' };
    const ended = { ...undo, state: 'FINISHED', finishedAt: '2026-02-01T10:00:00.000Z' } as const;
    const stateOf = async () => (await imports.find(sessionId))?.undo?.state;
    await imports.create(sessionOf({ state: 'IMPORTING' }), []);
    const early = await imports.beginUndo(sessionId, undo, undefined);
    await imports.end(sessionId, { state: 'FINISHED', counts, finishedAt: '2026-01-06T09:00:00.000Z' });

    await imports.moveUndo(sessionId, ['RUNNING'], 'PAUSED');
    const begun = [
      await imports.beginUndo(sessionId, undo, undefined),
      await imports.beginUndo(sessionId, next, undefined),
    ];
    await imports.moveUndo(sessionId, ['RUNNING'], 'PAUSED');
    await imports.moveUndo(sessionId, ['RUNNING', 'CANCELLED'], 'FINISHED');
    const paused = await stateOf();
    await imports.endUndo(sessionId, { ...next, state: 'FINISHED' });
    const untouched = await stateOf();
    await imports.endUndo(sessionId, ended);
    await imports.moveUndo(sessionId, ['FINISHED'], 'CANCELLED');

    expect([early, ...begun]).toEqual([false, true, false]);
    expect([paused, untouched]).toEqual(['PAUSED', 'PAUSED']);
    expect((await imports.find(sessionId))?.undo).toEqual(ended);
    expect(await imports.beginUndo(sessionId, next, ended)).toBe(true);
  });

  test('have chunks that one undo begins or skips, and a later one takes over', async () => {
    const imports = await open();
    const [early, late] = ['2026-02-01T09:00:00.000Z', '2026-02-02T09:00:00.000Z'] as const;
    await imports.create(sessionOf(), [chunkOf(1), chunkOf(2)]);

    const answers = [
      await imports.beginUndoChunk(chunkOf(1), early),
      await imports.beginUndoChunk(chunkOf(1), early),
      await imports.skipUndoChunk(chunkOf(1), early),
      await imports.skipUndoChunk(chunkOf(2), early),
      await imports.beginUndoChunk(chunkOf(2), early),
      await imports.beginUndoChunk(chunkOf(2), late),
      await imports.skipUndoChunk(chunkOf(2), early),
    ];

    expect(answers).toEqual([true, true, false, true, false, true, false]);
  });

  test('keep the message of a paused file', async () => {
    const imports = await open();
    const job = { queue: 'split', message: { sessionId, file: { key: 'uploads/x/file', size: 9 } } } as const;
    await imports.create(sessionOf(), []);

    await imports.park(sessionOf(), job);

    expect(await imports.findParked(sessionId)).toEqual(job);
  });

  test('skip a chunk only if no worker began it, and begin it only if it was not skipped', async () => {
    const imports = await open();
    await imports.create(sessionOf(), [chunkOf(1), chunkOf(2)]);
    const counts = { read: 3, created: 0, updated: 0, unchanged: 0, skipped: 3, failed: 0 };
    const skipped = (number: number) => ({ ...chunkOf(number), state: 'done' as const, counts, outcomesKey: 'o' });

    const begun = await imports.beginChunk(chunkOf(1));
    const answers = [
      await imports.endChunk(skipped(1), { isUntouched: true }),
      await imports.endChunk(skipped(2), { isUntouched: true }),
      await imports.beginChunk(chunkOf(2)),
      await imports.beginChunk(chunkOf(1)),
    ];

    expect([begun, ...answers]).toEqual([true, false, true, false, true]);
    expect(await imports.listOpen(sessionId)).toEqual([1]);
  });

  test('are listed from a time on, the oldest first, with what keeps them open and how far the sweep saw them', async () => {
    const imports = await open();
    const later = { sessionId: '11111111-4243-4124-a9e7-b50a2a7a6c90', createdAt: '2026-01-06T09:00:00.000Z' };
    await imports.create(sessionOf(later), []);
    await imports.create(sessionOf(), [chunkOf(1), chunkOf(2)]);

    await imports.noteSweep(sessionId, { progress: 'STARTED 2', rounds: 1 });
    const all = await imports.listSince(undefined, { limit: 1 });
    const rest = await imports.listSince('2026-01-05T09:00:00.001Z', { limit: 5 });

    expect(await imports.listOpen(sessionId)).toEqual([1, 2]);
    expect(all.items).toMatchObject([{ sessionId, sweep: { progress: 'STARTED 2', rounds: 1 } }]);
    expect(all.cursor).toBeDefined();
    expect(rest.items.map((session) => session.sessionId)).toEqual([later.sessionId]);
  });

  test('a session and its chunks come back as they were created', async () => {
    const imports = await open();
    const chunks = Array.from({ length: 12 }, (_, index) => chunkOf(index + 1));

    await imports.create(sessionOf(), chunks);

    expect(await imports.find(sessionId)).toEqual(sessionOf());
    expect(await imports.listChunks(sessionId)).toEqual(chunks);
    expect(await imports.findChunk(sessionId, 2)).toEqual(chunkOf(2));
    expect(await imports.findChunk(sessionId, 13)).toBeUndefined();
    expect(await imports.find('unknown')).toBeUndefined();
  });

  test('a session starts once', async () => {
    const imports = await open();
    await imports.create(sessionOf(), [chunkOf(1)]);

    await imports.start(sessionId, '2026-01-05T09:00:01.000Z');
    await imports.start(sessionId, '2026-01-05T09:00:02.000Z');
    await imports.start('unknown', '2026-01-05T09:00:02.000Z');

    expect(await imports.find(sessionId)).toEqual(
      sessionOf({ state: 'IMPORTING', startedAt: '2026-01-05T09:00:01.000Z' }),
    );
    expect(await imports.find('unknown')).toBeUndefined();
  });

  test('a chunk ends once, and the session knows whether any is open', async () => {
    const imports = await open();
    await imports.create(sessionOf(), [chunkOf(1), chunkOf(2)]);

    const verdicts = await Promise.all([
      imports.endChunk(doneOf(1, 'outcomes/a')),
      imports.endChunk(doneOf(1, 'outcomes/b')),
      imports.endChunk(doneOf(1, 'outcomes/c')),
    ]);
    const whileOneIsOpen = await imports.hasOpenChunks(sessionId);
    await imports.endChunk(doneOf(2));
    const whenAllEnded = await imports.hasOpenChunks(sessionId);

    expect(verdicts.filter(Boolean)).toHaveLength(1);
    const winner = ['outcomes/a', 'outcomes/b', 'outcomes/c'][verdicts.indexOf(true)];
    expect(await imports.findChunk(sessionId, 1)).toEqual(doneOf(1, winner));
    expect([whileOneIsOpen, whenAllEnded]).toEqual([true, false]);
  });

  test('a failed chunk may still be done, once, and a done one never fails', async () => {
    const imports = await open();
    await imports.create(sessionOf(), [chunkOf(1)]);

    const verdicts = [
      await imports.endChunk(failedOf(1)),
      await imports.endChunk(failedOf(1)),
      await imports.endChunk(doneOf(1)),
      await imports.endChunk(doneOf(1, 'outcomes/other')),
      await imports.endChunk(failedOf(1)),
    ];

    expect(verdicts).toEqual([true, false, true, false, false]);
    expect(await imports.findChunk(sessionId, 1)).toEqual(doneOf(1));
  });

  test('an ended session stays finished, and an error may become finished', async () => {
    const imports = await open();
    await imports.create(sessionOf(), [chunkOf(1)]);
    const finishedAt = '2026-01-05T09:00:05.000Z';

    await imports.end(sessionId, { state: 'ERROR', counts, finishedAt, reason: 'A chunk failed' });
    const failed = await imports.find(sessionId);
    await imports.end(sessionId, { state: 'FINISHED', counts, finishedAt });
    await imports.end(sessionId, { state: 'ERROR', counts, finishedAt, reason: 'Too late' });

    expect(failed).toMatchObject({ state: 'ERROR', reason: 'A chunk failed' });
    expect(await imports.find(sessionId)).toEqual(sessionOf({ state: 'FINISHED', counts, finishedAt }));
  });

  test('sessions are listed newest first, each once', async () => {
    const imports = await open();
    const ids = Array.from({ length: 11 }, (_, index) => `session-${String(index).padStart(2, '0')}`);
    for (const [index, id] of ids.entries()) {
      const second = String(Math.floor(index / 2)).padStart(2, '0');
      await imports.create(sessionOf({ sessionId: id, createdAt: `2026-01-05T09:00:${second}.000Z` }), []);
    }

    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await imports.list({ limit: 4, ...(cursor && { cursor }) });
      seen.push(...page.items.map((session) => session.sessionId));
      cursor = page.cursor;
    } while (cursor);

    expect(seen).toEqual(ids.toReversed());
  });
});

describe('imports in DynamoDB', () => {
  test('a chunk whose end was not heard of has ended by this call', async () => {
    const { client, tableName } = await openTable();
    const imports = importStore(client, tableName, { retentionDays: 36_500 });
    await imports.create(sessionOf(), [chunkOf(1), chunkOf(2)]);
    loseAnswers(client, 'TransactWriteItemsCommand', 2);
    loseAnswers(client, 'UpdateItemCommand');

    const verdicts = [
      await imports.endChunk(doneOf(1)),
      await imports.endChunk(failedOf(2)),
      await imports.endChunk(doneOf(2)),
    ];

    expect(verdicts).toEqual([true, true, true]);
  });

  test('sessions are forgotten after their retention', async () => {
    const { client, tableName } = await openTable();
    const imports = importStore(client, tableName, { retentionDays: 1 });

    await imports.create(sessionOf({ createdAt: '2020-01-05T09:00:00.000Z' }), [chunkOf(1)]);

    expect(await imports.find(sessionId)).toBeUndefined();
    expect(await imports.findChunk(sessionId, 1)).toBeUndefined();
    expect(await imports.listChunks(sessionId)).toEqual([]);
    expect(await imports.list({ limit: 5 })).toEqual({ items: [] });
  });
});
