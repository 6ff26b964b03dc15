import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { suppressionStore } from '#aws/subscriptions/suppression-store.ts';
import type { SuppressionStore } from '#domain/subscriptions/ports.ts';
import type { Suppression } from '#domain/subscriptions/suppression.ts';
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

const subjects: Record<string, () => Promise<SuppressionStore>> = {
  memory: async () => memoryPorts().suppressions,
  DynamoDB: async () => {
    const { client, tableName } = await openTable();
    return suppressionStore(client, tableName);
  },
};

const suppression = (about: Partial<Suppression> = {}): Suppression => ({
  address: 'john@example.com',
  reason: 'unsubscribed',
  since: '2026-01-05T09:00:00.000Z',
  ...about,
});

describe.each(Object.entries(subjects))('suppressions in %s', (_, open) => {
  test('finds those of the addresses that are suppressed, each once, as they were asked for', async () => {
    const suppressions = await open();
    const ann = suppression({ address: 'ann@example.com', reason: 'spam' });
    await suppressions.add([suppression(), ann]);

    const found = await suppressions.find(['nobody@example.com', ann.address, 'john@example.com', ann.address]);

    expect(found).toEqual([ann, suppression()]);
    expect(await suppressions.find([])).toEqual([]);
  });

  test('takes back a STOP by a START after it, and leaves what else is known', async () => {
    const suppressions = await open();
    const phones = ['380942583691', '380942583692', '380942583693'];
    const [only, both, other] = phones;
    const stop = (address = '') => suppression({ address, reason: 'blacklisted', cause: 'stopped' });
    const unsubscribed = (address = '') => suppression({ address });
    await suppressions.add([unsubscribed(both), unsubscribed(other)]);
    await suppressions.add([stop(only), stop(both)]);

    await suppressions.liftStops(phones, '2026-01-04T09:00:00.000Z');
    const tooEarly = await suppressions.find(phones);
    await suppressions.liftStops(phones, '2026-01-06T09:00:00.000Z');
    await suppressions.liftStops(phones, '2026-01-06T09:00:00.000Z');

    expect(tooEarly.map(({ reason }) => reason)).toEqual(['blacklisted', 'blacklisted', 'unsubscribed']);
    expect(await suppressions.find(phones)).toEqual([unsubscribed(both), unsubscribed(other)]);
  });

  test('takes back what an import brought in, and nothing that anyone else asked for', async () => {
    const suppressions = await open();
    const [one, other] = ['import-1', 'import-2'] as const;
    const later = '2026-02-05T09:00:00.000Z';
    const by = (address: string, about: Partial<Suppression> = {}) => suppression({ address, ...about });
    const names = ['a@x.x', 'b@x.x', 'c@x.x', 'd@x.x', 'e@x.x', 'f@x.x'];
    await suppressions.add([by('b@x.x'), by('f@x.x')]);

    await suppressions.add([
      by('a@x.x', { importedBy: [one] }),
      by('b@x.x', { importedBy: [one] }),
      by('c@x.x', { importedBy: [one] }),
      by('d@x.x', { reason: 'blacklisted', importedBy: [one] }),
      by('e@x.x', { importedBy: [one] }),
      by('f@x.x', { reason: 'spam', importedBy: [one] }),
    ]);
    await suppressions.add([by('c@x.x', { since: later }), by('d@x.x', { since: later })]);
    await suppressions.add([by('e@x.x', { importedBy: [other] }), by('a@x.x', { importedBy: [one] })]);
    await suppressions.lift(one, names);
    await suppressions.lift(one, names);
    const left = await suppressions.find(names);
    await suppressions.lift(other, names);

    expect(left).toEqual([
      by('b@x.x'),
      by('c@x.x', { since: later }),
      by('d@x.x', { since: later }),
      by('e@x.x', { importedBy: [other] }),
      by('f@x.x'),
    ]);
    expect((await suppressions.find(names)).map(({ address }) => address)).not.toContain('e@x.x');
  });

  test('keeps the strongest reason, and of equal ones the first, within one call too', async () => {
    const suppressions = await open();
    const later = { since: '2026-02-05T09:00:00.000Z' };
    const ann = { address: 'ann@example.com' };

    await suppressions.add([suppression({ reason: 'spam' }), suppression({ reason: 'blacklisted' }), suppression(ann)]);
    await suppressions.add([
      suppression({ reason: 'unsubscribed', ...later }),
      suppression({ ...ann, reason: 'spam', ...later }),
    ]);
    await suppressions.add([suppression({ ...ann, reason: 'spam', since: '2026-03-05T09:00:00.000Z' })]);

    expect(await suppressions.find(['john@example.com', 'ann@example.com'])).toEqual([
      suppression({ reason: 'blacklisted' }),
      suppression({ ...ann, reason: 'spam', ...later }),
    ]);
  });

  test('removes addresses, and whatever was not there at no harm', async () => {
    const suppressions = await open();
    await suppressions.add([suppression(), suppression({ address: 'ann@example.com' })]);

    await suppressions.remove(['john@example.com', 'john@example.com', 'nobody@example.com']);

    expect(await suppressions.find(['john@example.com', 'ann@example.com'])).toEqual([
      suppression({ address: 'ann@example.com' }),
    ]);
  });

  test('takes more addresses than one call holds', async () => {
    const suppressions = await open();
    const many = Array.from({ length: 130 }, (_unused, index) => suppression({ address: `c${index}@example.com` }));

    await suppressions.add(many);

    expect(await suppressions.find(many.map(({ address }) => address))).toEqual(many);
  });
});

test('no item tells whose address is suppressed, and a lost answer suppresses once', async () => {
  const { client, tableName } = await openTable();
  loseAnswers(client, 'BatchExecuteStatementCommand');

  await suppressionStore(client, tableName).add([suppression()]);

  const { Items = [] } = await client.send(new ScanCommand({ TableName: tableName }));
  expect(Items).toHaveLength(1);
  expect(JSON.stringify(Items)).not.toMatch(/john|example/);
});
