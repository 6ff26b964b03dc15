import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventTypeStore } from '#aws/events/event-type-store.ts';
import type { EventType } from '#domain/events/event-type.ts';
import type { EventTypeStore } from '#domain/events/ports.ts';
import { clientFor, createTable, type Engine, startDynamoDb } from '#test/support/engines.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startDynamoDb();
});
afterAll(() => engine.stop());

const subjects: Record<string, () => Promise<EventTypeStore>> = {
  memory: async () => memoryPorts().eventTypes,
  DynamoDB: async () => {
    const client = new DynamoDBClient(clientFor(engine));
    return eventTypeStore(client, await createTable(client));
  },
};

const typeOf = (key: string, about: Partial<EventType> = {}): EventType => ({
  key,
  validate: true,
  params: [{ name: 'email', required: true }],
  ...about,
});

describe.each(Object.entries(subjects))('types of events in %s', (_, open) => {
  test('are listed by key, each as it was defined last', async () => {
    const types = await open();

    await types.put(typeOf('order created'));
    await types.put(typeOf('cart', { params: [] }));
    await types.put(typeOf('cart', { validate: false }));

    expect(await types.list()).toEqual([typeOf('cart', { validate: false }), typeOf('order created')]);
  });

  test('are removed once', async () => {
    const types = await open();
    await types.put(typeOf('cart'));

    expect(await types.remove('cart')).toBe(true);
    expect(await types.remove('cart')).toBe(false);
    expect(await types.list()).toEqual([]);
  });
});
