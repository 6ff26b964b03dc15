import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unfinishedNotesIn } from '#aws/sweep/unfinished-notes.ts';
import type { UnfinishedNotes, WorkNote } from '#domain/unfinished.ts';
import { clientFor, createTable, type Engine, startDynamoDb } from '#test/support/engines.ts';
import { memoryUnfinished } from '#test/support/memory/memory-unfinished.ts';

let dynamoDb: Engine;
let client: DynamoDBClient;
beforeAll(async () => {
  dynamoDb = await startDynamoDb();
  client = new DynamoDBClient(clientFor(dynamoDb));
});
afterAll(() => dynamoDb.stop());

const noteOf = (id: string, dueAt: string, about: Partial<WorkNote> = {}): WorkNote => ({
  id,
  dueAt,
  rounds: 0,
  work: { kind: 'messages', requestIds: [id, 'another'] },
  ...about,
});

const inMemory = async (): Promise<UnfinishedNotes> => memoryUnfinished(new Map(), async () => {});
const inTable = async (): Promise<UnfinishedNotes> => unfinishedNotesIn(client, await createTable(client));

describe.each([
  ['memory', inMemory],
  ['DynamoDB', inTable],
])('notes of unfinished work in %s', (_, open) => {
  test('are there once they are due, whatever partition they are in', async () => {
    const notes = await open();
    const ids = Array.from({ length: 40 }, (_, index) => `request-${index}`);
    for (const id of ids) await notes.note(noteOf(id, '2026-01-05T09:00:00.000Z'));
    await notes.note(noteOf('later', '2026-01-05T10:00:00.000Z'));

    expect(await notes.due('2026-01-05T08:59:59.999Z')).toEqual([]);
    expect((await notes.due('2026-01-05T09:30:00.000Z')).map(({ id }) => id).sort()).toEqual(ids.sort());
  });

  test('come back as they were', async () => {
    const notes = await open();
    const erasure = { contactId: 7, fingerprints: ['a', 'b'], promisedAt: '2026-01-05T08:00:00.000Z' };
    const note = noteOf('7', '2026-01-05T09:00:00.000Z', { rounds: 2, work: { kind: 'erasure', erasure } });
    await notes.note(note);
    await notes.note(note);

    expect(await notes.due('2026-01-05T09:30:00.000Z')).toEqual([note]);
  });

  test('are forgotten by kind, id and time, and nothing happens if there is none', async () => {
    const notes = await open();
    const [early, late] = [noteOf('1', '2026-01-05T09:00:00.000Z'), noteOf('1', '2026-01-05T09:00:01.000Z')];
    await notes.note(early);
    await notes.note(late);

    await notes.forget({ ...early, work: { kind: 'orders' } });
    await notes.forget(early);
    await notes.forget(early);

    expect(await notes.due('2026-01-05T09:30:00.000Z')).toEqual([late]);
  });
});

test('a note that nobody forgets expires', async () => {
  const tableName = await createTable(client);
  await unfinishedNotesIn(client, tableName).note(noteOf('1', '2026-01-05T09:00:00.000Z'));

  const { Items = [] } = await client.send(new ScanCommand({ TableName: tableName }));

  expect(Number(Items[0]?.ttl?.N) * 1000).toBe(Date.parse('2026-03-06T09:00:00.000Z'));
});
