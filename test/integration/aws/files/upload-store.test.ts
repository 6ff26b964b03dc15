import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importStore } from '#aws/imports/import-store.ts';
import { maxChunksPerWindow, type SplitWindow, type UploadSession } from '#domain/files/ports.ts';
import type { ImportChunk } from '#domain/imports/import-session.ts';
import type { ImportStore } from '#domain/imports/ports.ts';
import { clientFor, createTable, type Engine, startDynamoDb } from '#test/support/engines.ts';
import { loseAnswers } from '#test/support/faults.ts';
import { fileFormat } from '#test/support/makers.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startDynamoDb();
});
afterAll(() => engine.stop());

const openTable = async () => {
  const client = new DynamoDBClient(clientFor(engine));
  return { client, imports: importStore(client, await createTable(client), { retentionDays: 36_500 }) };
};

const subjects: Record<string, () => Promise<ImportStore>> = {
  memory: async () => memoryPorts().imports,
  DynamoDB: async () => (await openTable()).imports,
};

const sessionId = 'e76ec64c-4243-4124-a9e7-b50a2a7a6c90';
const session: UploadSession = {
  sessionId,
  settings: {
    dedupeOn: 'email',
    customFieldsIDs: [],
    groupNames: [],
    groupNamesExclude: [],
    restoreDeleted: false,
  },
  state: 'STARTED',
  total: 0,
  chunkCount: 0,
  createdAt: '2026-01-05T09:00:00.000Z',
  upload: { link: 'https://files.example/a.csv', fileName: 'a.csv', fieldMapping: { Mail: 'email' } },
};

const chunkOf = (number: number): ImportChunk => ({
  sessionId,
  number,
  rowCount: 3,
  firstByte: 0,
  lastByte: 99,
  rowsKey: `imports/${sessionId}/rows/1-a.ndjson`,
  state: 'open',
});
const counts = { read: 3, created: 3, updated: 0, unchanged: 0, skipped: 0, failed: 0 };
const file = {
  delimiter: ';',
  encoding: 'utf-8',
  header: ['email'],
  notes: ['Column "Shoe size" is unknown and was left out'],
  isComplete: false,
};

/** A window that follows so many others, each of `size` chunks. */
const windowOf = (windowCount: number, size = 2): SplitWindow => ({
  chunks: Array.from({ length: size }, (_, index) => chunkOf((windowCount - 1) * size + index + 1)),
  checkpoint: {
    windowCount,
    rowCount: windowCount * size * 3,
    chunkCount: windowCount * size,
    sentCount: (windowCount - 1) * size,
    format: fileFormat({ delimiter: ';', header: ['Mail', ''], width: 2, start: { row: 0, line: 1, byte: 7 } }),
    position: { row: windowCount * size * 3, line: windowCount * size * 3 + 1, byte: windowCount * 1000 },
  },
  file,
});

describe.each(Object.entries(subjects))('uploads in %s', (_, open) => {
  test('an upload is an open session without chunks, and is created once', async () => {
    const imports = await open();

    const verdicts = await Promise.all([imports.createUpload(session), imports.createUpload(session)]);

    expect(verdicts.toSorted()).toEqual([false, true]);
    expect(await imports.find(sessionId)).toEqual(session);
    expect((await imports.list({ limit: 5 })).items).toEqual([session]);
    expect(await imports.hasOpenChunks(sessionId)).toBe(true);
    expect(await imports.listChunks(sessionId)).toEqual([]);
    expect(await imports.findCheckpoint(sessionId)).toBeUndefined();
  });

  test('a window brings its chunks, the checkpoint, and what is known of the file', async () => {
    const imports = await open();
    await imports.createUpload(session);

    const isAdded = await imports.addChunks(session, windowOf(1, maxChunksPerWindow));

    const { chunks, checkpoint } = windowOf(1, maxChunksPerWindow);
    expect(isAdded).toBe(true);
    expect(await imports.listChunks(sessionId)).toEqual(chunks);
    expect(await imports.findCheckpoint(sessionId)).toEqual(checkpoint);
    expect(await imports.find(sessionId)).toEqual({
      ...session,
      total: 3 * maxChunksPerWindow,
      chunkCount: maxChunksPerWindow,
      file,
    });
  });

  test('of two who cut the same window one wins, and the other changes nothing', async () => {
    const imports = await open();
    await imports.createUpload(session);
    await imports.addChunks(session, windowOf(1));
    const rival = (rowsKey: string): SplitWindow => ({
      ...windowOf(2),
      chunks: windowOf(2).chunks.map((chunk) => ({ ...chunk, rowsKey })),
    });

    const verdicts = await Promise.all([
      imports.addChunks(session, rival('rows/2-a')),
      imports.addChunks(session, rival('rows/2-b')),
    ]);

    const winner = ['rows/2-a', 'rows/2-b'][verdicts.indexOf(true)] ?? '';
    expect(verdicts.toSorted()).toEqual([false, true]);
    expect(await imports.listChunks(sessionId)).toEqual([...windowOf(1).chunks, ...rival(winner).chunks]);
  });

  test('a window that was cut long ago does not open chunks that are done', async () => {
    const imports = await open();
    await imports.createUpload(session);
    await imports.addChunks(session, windowOf(1));
    await imports.endChunk({ ...chunkOf(1), state: 'done', counts, outcomesKey: 'outcomes/1' });
    await imports.addChunks(session, windowOf(2));

    const verdicts = [await imports.addChunks(session, windowOf(1)), await imports.addChunks(session, windowOf(2))];

    expect(verdicts).toEqual([false, false]);
    expect(await imports.findChunk(sessionId, 1)).toMatchObject({ state: 'done' });
  });

  test('the session stays open until the file has ended and all chunks are over', async () => {
    const imports = await open();
    await imports.createUpload(session);
    await imports.addChunks(session, windowOf(1, 1));

    await imports.endChunk({ ...chunkOf(1), state: 'done', counts, outcomesKey: 'outcomes/1' });
    const whileSplitting = await imports.hasOpenChunks(sessionId);
    await imports.endSplit(sessionId);
    await imports.endSplit(sessionId);

    expect([whileSplitting, await imports.hasOpenChunks(sessionId)]).toEqual([true, false]);
    expect(await imports.addChunks(session, windowOf(2))).toBe(false);
    expect(await imports.listChunks(sessionId)).toHaveLength(1);
  });

  test('a file fails once, for the first reason, and nothing is cut from it any more', async () => {
    const imports = await open();
    await imports.createUpload(session);

    await imports.failFile(sessionId, 'The server answered 404');
    await imports.failFile(sessionId, 'The file took too long');
    await imports.failFile('unknown', 'Nobody asked');

    expect(await imports.find(sessionId)).toEqual({ ...session, fileError: 'The server answered 404' });
    expect(await imports.hasOpenChunks(sessionId)).toBe(false);
    expect(await imports.addChunks(session, windowOf(1))).toBe(false);
    expect(await imports.find('unknown')).toBeUndefined();
  });

  test('a file fails where reading had come to, and not once it was read to its end', async () => {
    const imports = await open();
    const other = '0d9f0d55-4243-4124-a9e7-b50a2a7a6c91';
    await imports.createUpload(session);
    await imports.createUpload({ ...session, sessionId: other });
    const { position: _, ...ended } = windowOf(1).checkpoint;
    await imports.addChunks(session, { ...windowOf(1), checkpoint: ended });
    await imports.addChunks({ ...session, sessionId: other }, { ...windowOf(1), chunks: [] });

    await imports.failFile(sessionId, 'Too late');
    await imports.failFile(other, 'The archive is damaged');

    expect(await imports.find(sessionId)).not.toHaveProperty('fileError');
    expect(await imports.hasOpenChunks(sessionId)).toBe(true);
    expect(await imports.find(other)).toMatchObject({ fileError: 'The archive is damaged' });
  });
});

test('a window whose answer was lost was added by this call', async () => {
  const { client, imports } = await openTable();
  await imports.createUpload(session);
  loseAnswers(client, 'TransactWriteItemsCommand');

  const isAdded = await imports.addChunks(session, windowOf(1));

  expect(isAdded).toBe(true);
  expect(await imports.listChunks(sessionId)).toHaveLength(2);
});
