import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contactStore } from '#aws/contacts/contact-store.ts';
import { countStore } from '#aws/counts/count-store.ts';
import type { CountJob, Report } from '#domain/counts/count-job.ts';
import type { CountStore } from '#domain/counts/ports.ts';
import { contactsPerBlock } from '#domain/counts/standing.ts';
import { clientFor, createTable, type Engine, startDynamoDb } from '#test/support/engines.ts';
import { loseAnswers, meter } from '#test/support/faults.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';
import { countContacts } from '#usecases/counts/count-contacts.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startDynamoDb();
});
afterAll(() => engine.stop());

const openTable = async () => {
  const client = new DynamoDBClient(clientFor(engine));
  const tableName = await createTable(client);
  return { client, tableName, counts: countStore(client, tableName) };
};

const subjects: Record<string, () => Promise<CountStore>> = {
  memory: async () => memoryPorts().counts,
  DynamoDB: async () => (await openTable()).counts,
};

const monday = '2026-01-05';
const report: Report = { id: 'message', kind: 'bounced', day: monday };
const nothing = { blocks: [], reports: [], changes: [] };

describe.each(Object.entries(subjects))('counts in %s', (_, open) => {
  test('are read by day, with those of all contacts, in order and from a day on', async () => {
    const counts = await open();
    await counts.commit({
      ...nothing,
      reports: [report],
      changes: [
        { name: 'IMPORT', by: 3 },
        { day: monday, name: 'IMPORT', by: 3 },
        { day: monday, name: 'bounced', by: 1 },
        { day: '2026-01-04', name: 'asked', by: 2 },
        { day: '2026-01-03', name: 'asked', by: 2 },
      ],
    });
    await counts.commit({ ...nothing, reports: [{ ...report, id: 'other' }], changes: [{ name: 'IMPORT', by: -1 }] });

    const read = await counts.read('2026-01-04');

    const zero = { created: {}, asked: 0, confirmed: 0, bounced: 0, complained: 0 };
    expect(read).toEqual({
      contacts: { IMPORT: 2 },
      days: [
        { ...zero, day: '2026-01-04', asked: 2 },
        { ...zero, day: monday, created: { IMPORT: 3 }, bounced: 1 },
      ],
    });
  });

  test('change with the blocks that say what they count, unless another writer was faster', async () => {
    const counts = await open();
    const [block] = await counts.readBlocks([7]);
    if (!block) throw new Error('No block was read');
    const written = { ...block, bytes: Uint8Array.from(block.bytes).fill(2, 5, 6) };
    const commit = () => counts.commit({ ...nothing, blocks: [written], changes: [{ name: 'API', by: 1 }] });

    const verdicts = [await commit(), await commit()];

    expect(verdicts).toEqual([true, false]);
    const [read] = await counts.readBlocks([7]);
    expect(read).toEqual({ number: 7, version: 1, bytes: written.bytes });
    expect(await counts.read(monday)).toEqual({ contacts: { API: 1 }, days: [] });
  });

  test('know which reports were counted', async () => {
    const counts = await open();
    const other = { ...report, kind: 'complained' as const };
    await counts.commit({ ...nothing, reports: [report], changes: [{ day: monday, name: 'bounced', by: 1 }] });

    const isAgain = await counts.commit({ ...nothing, reports: [report], changes: [] });

    expect(isAgain).toBe(false);
    expect(await counts.newReports([report, other])).toEqual([other]);
  });
});

test('a commit whose answer is lost counts once', async () => {
  const { client, counts } = await openTable();
  loseAnswers(client, 'TransactWriteItemsCommand');

  const isCounted = await counts.commit({
    ...nothing,
    reports: [report],
    changes: [{ day: monday, name: 'bounced', by: 1 }],
  });

  expect(isCounted).toBe(true);
  const { days } = await counts.read(monday);
  expect(days).toMatchObject([{ bounced: 1 }]);
});

describe('counting costs', () => {
  /** The units of some jobs, those of reading what was counted before included. */
  const unitsOf = async (jobs: readonly CountJob[]): Promise<number> => {
    const { client, tableName, counts } = await openTable();
    const counted = meter(client);
    await countContacts({ ...memoryPorts(), contacts: contactStore(client, tableName), counts }, jobs);
    return counted.capacityUnits;
  };
  const idsFrom = (first: number, length: number) => Array.from({ length }, (_, index) => first + index);

  test('less than 0.1 write units for each contact of a chunk, wherever its ids begin', async () => {
    const rows = 250;
    const first = contactsPerBlock - rows / 2;

    const units = await unitsOf([{ created: [{ source: 'IMPORT', day: monday, ids: idsFrom(first, rows) }] }]);

    expect(units).toBeGreaterThan(0);
    expect(units / rows).toBeLessThan(0.1);
  });

  test('less than 0.1 write units for each of a hundred subscribers who come together and are asked', async () => {
    const ids = idsFrom(1, 100);
    const jobs = ids.map(
      (contactId): CountJob => ({
        created: [{ source: 'SUBSCRIPTION', day: monday, ids: [contactId] }],
        marks: [{ contactId, kind: 'asked', day: monday }],
      }),
    );

    const units = await unitsOf(jobs);

    expect(units).toBeGreaterThan(0);
    expect(units / ids.length).toBeLessThan(0.1);
  });
});
