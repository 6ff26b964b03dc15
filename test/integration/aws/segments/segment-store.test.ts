import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fieldStore } from '#aws/fields/field-store.ts';
import { segmentStore } from '#aws/segments/segment-store.ts';
import { toItem } from '#aws/table/item.ts';
import { keys } from '#aws/table/keys.ts';
import type { FieldStore } from '#domain/fields/ports.ts';
import type { SegmentStore } from '#domain/segments/ports.ts';
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

const subjects: Record<string, () => Promise<{ segments: SegmentStore; fields: FieldStore }>> = {
  memory: async () => memoryPorts(),
  DynamoDB: async () => {
    const { client, tableName } = await openTable();
    return { segments: segmentStore(client, tableName), fields: fieldStore(client, tableName) };
  },
};

describe.each(Object.entries(subjects))('segments in %s', (_, open) => {
  test('are made where missing, in the order of their names, one for each name whatever its case', async () => {
    const { segments } = await open();

    const made = await segments.ensure(['Customers', ' customers ', 'VIP']);
    const again = await segments.ensure(['vip', 'CUSTOMERS']);

    expect(made.map(({ name, type }) => [name, type])).toEqual([
      ['Customers', 'Static'],
      ['Customers', 'Static'],
      ['VIP', 'Static'],
    ]);
    expect(again).toEqual([made[2], made[0]]);
  });

  test('are found by name and id only where they exist', async () => {
    const { segments } = await open();
    const [customers] = await segments.ensure(['Customers']);

    expect(await segments.findByNames(['nobody', 'CUSTOMERS', 'customers'])).toEqual([customers]);
    expect(await segments.findByIds([customers?.id ?? 0, customers?.id ?? 0, 999])).toEqual([customers]);
    expect(await segments.findByIds([])).toEqual([]);
  });

  test('one new name asked for by twenty at once is one segment', async () => {
    const { segments } = await open();

    const made = await Promise.all(Array.from({ length: 20 }, () => segments.ensure(['Customers'])));

    expect(new Set(made.flat().map(({ id }) => id)).size).toBe(1);
  });
});

describe.each(Object.entries(subjects))('custom fields in %s', (_, open) => {
  const draft = { group: 'Shop', name: 'Size', key: 'SIZE', type: 'combobox', possibleValues: ['S', 'M'] } as const;

  test('the two that always exist are listed first', async () => {
    const { fields } = await open();

    expect((await fields.list()).map(({ key }) => key)).toEqual(['BIRTHDAY', 'GENDER']);
  });

  test('a field is created once for its key within its group', async () => {
    const { fields } = await open();

    const created = await fields.create({ ...draft, identifier: true });
    const repeated = await fields.create({ ...draft, identifier: false });
    const elsewhere = await fields.create({ ...draft, group: 'Outlet', identifier: false });
    const personal = await fields.create({ ...draft, group: 'Personal', key: 'GENDER', identifier: false });

    expect(created).toMatchObject({ ...draft, identifier: true });
    expect([repeated, personal]).toEqual([undefined, undefined]);
    expect((await fields.list()).slice(2)).toEqual([created, elsewhere]);
  });
});

describe('segments in DynamoDB', () => {
  test('that an interrupted writer only claimed are made under the claimed id', async () => {
    const { client, tableName } = await openTable();
    const claim = toItem(keys.segmentName('customers'), { segmentId: 41 });
    await client.send(new PutItemCommand({ TableName: tableName, Item: claim }));

    const found = await segmentStore(client, tableName).findByNames(['Customers']);
    const made = await segmentStore(client, tableName).ensure(['Customers']);

    expect(found).toEqual([]);
    expect(made).toEqual([{ id: 41, name: 'Customers', type: 'Static', epoch: 1 }]);
  });

  test('cost one request while their names are remembered, for a minute', async () => {
    const { client, tableName } = await openTable();
    let now = 0;
    const segments = segmentStore(client, tableName, () => now);
    await segments.ensure(['Customers']);
    const used = meter(client);

    await segments.ensure(['customers']);
    await segments.findByNames(['customers']);
    const whileRemembered = used.requests;
    now += 60_000;
    await segments.ensure(['customers']);

    expect(whileRemembered).toBe(2);
    expect(used.requests - whileRemembered).toBe(2);
  });

  test('survive lost answers', async () => {
    const { client, tableName } = await openTable();
    loseAnswers(client, 'BatchExecuteStatementCommand', 2);

    expect(await segmentStore(client, tableName).ensure(['Customers'])).toHaveLength(1);
  });
});

test('a custom field whose answer was lost is not reported as taken', async () => {
  const { client, tableName } = await openTable();
  loseAnswers(client, 'PutItemCommand');

  const created = await fieldStore(client, tableName).create({
    group: 'Shop',
    name: 'Size',
    key: 'SIZE',
    type: 'textfield',
    identifier: false,
  });

  expect(created?.key).toBe('SIZE');
});
