import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { orderStoreOn } from '#aws/orders/order-store.ts';
import type { Order } from '#domain/orders/order.ts';
import type { OrderStore } from '#domain/orders/ports.ts';
import { clientFor, createTable, type Engine, startDynamoDb } from '#test/support/engines.ts';
import { halveBatches, loseAnswers, throttleAttempts } from '#test/support/faults.ts';
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

const subjects: Record<string, () => Promise<OrderStore>> = {
  memory: async () => memoryPorts().orders,
  DynamoDB: async () => {
    const { client, tableName } = await openTable();
    return orderStoreOn(client, tableName);
  },
};

const orderOf = (externalOrderId: string, about: Partial<Order> = {}): Order => ({
  id: 1,
  contactId: 7,
  content: {
    externalOrderId,
    status: 'INITIALIZED',
    date: '2026-01-05T10:11:00.000Z',
    totalCost: 22.5,
    currency: 'UAH',
    email: 'mail@example.com',
    additionalInfo: { '': [null, 1e300], text: '' },
    items: [{ externalItemId: '170', quantity: 2 }],
  },
  version: 1,
  createdAt: '2026-01-05T10:12:00.000Z',
  updatedAt: '2026-01-05T10:12:00.000Z',
  updatedBy: 'request-1',
  ...about,
});

describe.each(Object.entries(subjects))('orders in %s', (_, open) => {
  test('come back whole, in any number, and unknown ones do not', async () => {
    const store = await open();
    const orders = Array.from({ length: 130 }, (_, index) => orderOf(`A-${index}`, { id: index + 1 }));

    const verdicts = await store.write(orders.map((order) => ({ order })));
    const found = await store.find([...orders.map(({ content }) => content.externalOrderId), 'B-1']);

    expect(verdicts).toEqual(orders.map(() => true));
    expect(found).toEqual(orders.map((order) => ({ order })));
  });

  test('have ids of their own, ascending', async () => {
    const store = await open();

    const ids = [...(await store.leaseIds(3)), ...(await store.leaseIds(0)), ...(await store.leaseIds(2))];

    expect(ids).toEqual([1, 2, 3, 4, 5]);
  });

  test('are added once, and changed only as they were read', async () => {
    const store = await open();
    const first = orderOf('A');
    const second = { ...first, version: 2, updatedBy: 'request-2', contactId: 8 };
    await store.write([{ order: first }]);

    expect(await store.write([{ order: orderOf('A', { id: 2, updatedBy: 'request-3' }) }])).toEqual([false]);
    expect(await store.write([{ order: second, before: first }])).toEqual([true]);
    expect(await store.write([{ order: { ...second, updatedBy: 'request-4' }, before: first }])).toEqual([false]);
    expect(await store.write([{ order: { ...second, version: 3, id: 3 }, before: { ...second, id: 3 } }])).toEqual([
      false,
    ]);
    expect(await store.find(['A'])).toEqual([{ order: second }]);
  });

  test('are told apart in one call, each by itself', async () => {
    const store = await open();
    const stored = orderOf('A');
    await store.write([{ order: stored }]);
    const changed = { ...stored, version: 2 };

    const verdicts = await store.write([
      { order: orderOf('B', { id: 2 }) },
      { order: orderOf('A', { id: 3, updatedBy: 'other' }) },
      { order: { ...orderOf('C', { id: 4 }), version: 2 }, before: orderOf('C', { id: 4 }) },
    ]);

    expect(verdicts).toEqual([true, false, false]);
    expect(await store.write([{ order: changed, before: stored }])).toEqual([true]);
  });

  test('know which version the workflows were told', async () => {
    const store = await open();
    const order = orderOf('A');
    await store.write([{ order }]);

    await store.notePublished([order]);
    expect(await store.find(['A'])).toEqual([{ order, publishedVersion: 1 }]);
    await store.notePublished([{ ...order, version: 2 }]);

    expect(await store.find(['A'])).toEqual([{ order, publishedVersion: 2 }]);
  });

  test('of a contact are listed by its id, the newest first, page by page, and only those that are still its own', async () => {
    const store = await open();
    const orders = Array.from({ length: 7 }, (_, index) => orderOf(`A-${index}`, { id: index + 1 }));
    await store.write(orders.map((order) => ({ order })));
    await store.write([{ order: orderOf('other', { id: 20, contactId: 8 }) }]);
    await store.write([{ order: orderOf('A-0', { id: 21, updatedBy: 'too late' }) }]);
    const [first] = orders;
    if (first) await store.write([{ order: { ...first, contactId: 8, version: 2 }, before: first }]);
    const seen: string[] = [];
    let cursor: string | undefined;

    do {
      const page = await store.listOf(7, { limit: 3, ...(cursor !== undefined && { cursor }) });
      seen.push(...page.items.map(({ content }) => content.externalOrderId));
      cursor = page.cursor;
    } while (cursor !== undefined);

    expect(seen).toEqual(['A-6', 'A-5', 'A-4', 'A-3', 'A-2', 'A-1']);
    expect((await store.listOf(8, { limit: 3 })).items.map(({ id }) => id)).toEqual([20, 1]);
    expect(await store.listOf(9, { limit: 3 })).toEqual({ items: [] });
  });

  test('of a contact are forgotten, and nobody else’s', async () => {
    const store = await open();
    const moved = orderOf('A-2', { id: 2 });
    const others = { ...moved, contactId: 8, version: 2 };
    await store.write([{ order: orderOf('A-1') }, { order: moved }]);
    await store.notePublished([orderOf('A-1'), moved]);
    await store.write([{ order: others, before: moved }]);

    await store.forget(7);
    await store.forget(7);

    expect(await store.find(['A-1', 'A-2'])).toEqual([{ order: others, publishedVersion: 1 }]);
    expect(await store.listOf(7, { limit: 10 })).toEqual({ items: [] });
    expect(await store.write([{ order: orderOf('A-1', { id: 3 }) }])).toEqual([true]);
    expect(await store.find(['A-1'])).toEqual([{ order: orderOf('A-1', { id: 3 }) }]);
  });
});

test('a lost answer is not taken for a lost order', async () => {
  const { client, tableName } = await openTable();
  const store = orderStoreOn(client, tableName);
  const [first, second] = [orderOf('A'), orderOf('A', { version: 2, updatedBy: 'request-2' })];
  loseAnswers(client, 'BatchExecuteStatementCommand');
  loseAnswers(client, 'PutItemCommand');
  loseAnswers(client, 'DeleteItemCommand');

  const added = await store.write([{ order: first }]);
  const changed = await store.write([{ order: second, before: first }]);
  await store.notePublished([second]);
  await store.forget(7);

  expect([added, changed]).toEqual([[true], [true]]);
  expect((await client.send(new ScanCommand({ TableName: tableName }))).Items).toEqual([]);
});

test('a thousand orders are written through throttling, each once', async () => {
  const { client, tableName } = await openTable();
  const store = orderStoreOn(client, tableName);
  const orders = Array.from({ length: 1000 }, (_, index) => orderOf(`A-${index}`, { id: index + 1 }));
  throttleAttempts(client, 0.3);
  halveBatches(client);

  const verdicts = await store.write(orders.map((order) => ({ order })));
  const found = await store.find(orders.map(({ content }) => content.externalOrderId));

  expect(verdicts.every(Boolean)).toBe(true);
  expect(found.map(({ order }) => order.id)).toEqual(orders.map(({ id }) => id));
});

test('nothing is left of a contact’s orders that were forgotten', async () => {
  const { client, tableName } = await openTable();
  const store = orderStoreOn(client, tableName);
  const orders = Array.from({ length: 30 }, (_, index) => orderOf(`A-${index}`, { id: index + 1 }));
  await store.write(orders.map((order) => ({ order })));
  await store.write([{ order: orderOf('A-1', { id: 99, updatedBy: 'too late' }) }]);
  await store.notePublished(orders);

  await store.forget(7);

  expect((await client.send(new ScanCommand({ TableName: tableName }))).Items).toEqual([]);
});
