import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiKeyStore } from '#aws/keys/api-key-store.ts';
import type { ApiKeyStore } from '#domain/keys/ports.ts';
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
  return { client, apiKeys: apiKeyStore(client, await createTable(client)) };
};

const subjects: Record<string, () => Promise<ApiKeyStore>> = {
  memory: async () => memoryPorts().apiKeys,
  DynamoDB: async () => (await openTable()).apiKeys,
};

const keyOf = (name: string) => ({
  hash: name.padEnd(64, '0'),
  name,
  scope: 'full',
  createdAt: '2026-01-05T09:00:00.000Z',
  lastUsedAt: '2026-01-05T09:00:00.000Z',
});

describe.each(Object.entries(subjects))('API keys in %s', (_, open) => {
  test('keep what a named request came to for a day, and let one that died be taken over', async () => {
    const apiKeys = await open();
    const request = { keyHash: keyOf('shop').hash, nameHash: 'a' };
    const at = (now: string, heldUntil: string) => ({ fingerprint: 'f', now, heldUntil });
    const answer = { statusCode: 200, headers: { 'Content-Type': 'application/json' }, body: '{"id":1}' };

    const taken = await apiKeys.takeRequest(request, at('2026-01-05T09:00:00.000Z', '2026-01-05T09:00:35.000Z'));
    const early = await apiKeys.takeRequest(request, at('2026-01-05T09:00:10.000Z', '2026-01-05T09:00:45.000Z'));
    const late = await apiKeys.takeRequest(request, at('2026-01-05T09:00:36.000Z', '2026-01-05T09:01:11.000Z'));
    await apiKeys.giveBackRequest(request);
    const again = await apiKeys.takeRequest(request, at('2026-01-05T09:00:37.000Z', '2026-01-05T09:01:12.000Z'));
    await apiKeys.keepAnswer(request, answer);
    await apiKeys.giveBackRequest(request);
    const known = await apiKeys.takeRequest(request, at('2026-01-05T10:00:00.000Z', '2026-01-05T10:00:35.000Z'));
    const nextDay = await apiKeys.takeRequest(request, at('2026-01-06T10:00:00.000Z', '2026-01-06T10:00:35.000Z'));

    expect([taken, late, again, nextDay]).toEqual([undefined, undefined, undefined, undefined]);
    expect(early).toMatchObject({ fingerprint: 'f', heldUntil: '2026-01-05T09:00:35.000Z' });
    expect(known).toMatchObject({ fingerprint: 'f', answer });
    expect(await apiKeys.list()).toEqual([]);
  });

  test('are found by their hash and listed by name', async () => {
    const apiKeys = await open();
    await apiKeys.create(keyOf('shop'));
    await apiKeys.create(keyOf('crm'));

    expect(await apiKeys.find(keyOf('shop').hash)).toEqual(keyOf('shop'));
    expect(await apiKeys.find('unknown')).toBeUndefined();
    expect(await apiKeys.list()).toEqual([keyOf('crm'), keyOf('shop')]);
  });

  test('remember their last use, and no use brings a revoked one back', async () => {
    const apiKeys = await open();
    await apiKeys.create(keyOf('shop'));
    const usedAt = '2026-02-05T09:00:00.000Z';

    await apiKeys.touch(keyOf('shop').hash, usedAt);
    const touched = await apiKeys.find(keyOf('shop').hash);
    const verdicts = [await apiKeys.revoke(keyOf('shop').hash), await apiKeys.revoke(keyOf('shop').hash)];
    await apiKeys.touch(keyOf('shop').hash, usedAt);

    expect(touched).toEqual({ ...keyOf('shop'), lastUsedAt: usedAt });
    expect(verdicts).toEqual([true, false]);
    expect(await apiKeys.list()).toEqual([]);
  });
});

test('a revocation whose answer was lost is still one', async () => {
  const { client, apiKeys } = await openTable();
  await apiKeys.create(keyOf('shop'));
  loseAnswers(client, 'DeleteItemCommand');

  expect(await apiKeys.revoke(keyOf('shop').hash)).toBe(true);
});
