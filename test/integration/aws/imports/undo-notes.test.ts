import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { undoNotesOn } from '#aws/imports/undo-notes.ts';
import type { UndoNotes } from '#domain/imports/ports.ts';
import { clientFor, createTable, type Engine, startDynamoDb } from '#test/support/engines.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startDynamoDb();
});
afterAll(() => engine.stop());

const subjects: Record<string, () => Promise<UndoNotes>> = {
  memory: async () => memoryPorts().undoNotes,
  DynamoDB: async () => {
    const client = new DynamoDBClient(clientFor(engine));
    return undoNotesOn(client, await createTable(client), { retentionDays: 36_500 });
  },
};

describe.each(Object.entries(subjects))('what undos left behind, in %s', (_, open) => {
  test('is known by its contact, once for each import', async () => {
    const notes = await open();
    const note = {
      sessionId: 'one',
      contactId: 7,
      importedAt: '2026-01-05T09:00:00.000Z',
      undoneAt: '2026-02-01T09:00:00.000Z',
      chunks: [1],
      segmentIds: [3],
    };

    await notes.put(note);
    await notes.put({ ...note, chunks: [1, 2] });
    await notes.put({ ...note, sessionId: 'other', chunks: [] });
    await notes.put({ ...note, contactId: 8 });

    expect(await notes.listOf(7)).toEqual([
      { ...note, chunks: [1, 2] },
      { ...note, sessionId: 'other', chunks: [] },
    ]);
    expect(await notes.listOf(9)).toEqual([]);
  });
});
