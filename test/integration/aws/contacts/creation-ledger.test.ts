import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { creationLedgerOn } from '#aws/contacts/creation-ledger.ts';
import type { CreationLedger } from '#domain/contacts/ports.ts';
import { clientFor, createTable, type Engine, startDynamoDb } from '#test/support/engines.ts';
import { loseAnswers, meter } from '#test/support/faults.ts';
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

const subjects: Record<string, () => Promise<CreationLedger>> = {
  memory: async () => memoryPorts().creations,
  DynamoDB: async () => {
    const { client, tableName } = await openTable();
    return creationLedgerOn(client, tableName, { retentionDays: 7 });
  },
};

const creationsFrom = (first: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ contactId: first + index, rows: [index] }));

describe.each(Object.entries(subjects))('the ledger of births in %s', (_, open) => {
  test('recalls every birth of a token, and of no other', async () => {
    const creations = await open();
    await creations.note('session#1', [{ contactId: 7, rows: [0, 4] }]);
    await creations.note('session#1', creationsFrom(8, 2));
    await creations.note('session#2', creationsFrom(10, 1));
    await creations.note('session#3', []);

    const recalled = await creations.recall('session#1');

    expect(recalled.toSorted((one, other) => one.contactId - other.contactId)).toEqual([
      { contactId: 7, rows: [0, 4] },
      ...creationsFrom(8, 2),
    ]);
    expect(await creations.recall('session#3')).toEqual([]);
  });
});

test('five hundred births are noted for at most three write units, and a lost answer notes them once', async () => {
  const { client, tableName } = await openTable();
  const creations = creationLedgerOn(client, tableName, { retentionDays: 7 });
  const used = meter(client);

  await creations.note('session#1', creationsFrom(1_000_001, 500));
  const { capacityUnits } = used;
  loseAnswers(client, 'BatchWriteItemCommand');
  await creations.note('session#2', creationsFrom(1, 3));

  expect(capacityUnits).toBeLessThanOrEqual(3);
  expect(await creations.recall('session#2')).toEqual(creationsFrom(1, 3));
});
