import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Report } from '#domain/counts/count-job.ts';
import type { Block, CountedDay, CountStore, SourceCounts } from '#domain/counts/ports.ts';
import { contactsPerBlock } from '#domain/counts/standing.ts';
import type { DayCount, SumChange } from '#domain/counts/tally.ts';
import { lazily } from '../clients/connect.ts';
import { dynamodb, tableName as liveTableName } from '../clients/dynamodb-client.ts';
import { batchGet } from '../table/batch-get.ts';
import { expiryOf, fromItem, type Item, keyText, toItem, toKey } from '../table/item.ts';
import { keys } from '../table/keys.ts';
import { queryItems } from '../table/query.ts';
import { transactWrite } from '../table/transaction.ts';

/** A report that comes again comes within the 14 days that a queue keeps it. */
const reportDays = 30;

/**
 * Counts in the table: an item for all contacts and one a day, which a transaction changes together with the blocks that say
 * which contacts they count.
 */
export const countStore = (client: DynamoDBClient, tableName: string): CountStore => ({
  readBlocks: async (numbers) => {
    const found = await batchGet(client, tableName, numbers.map(keys.countedBlock));
    return numbers.map((number): Block => {
      const item = found.get(keyText(toKey(keys.countedBlock(number))));
      const { bytes, version } = item ? fromItem<StoredBlock>(item) : noBlock;
      return { number, bytes, version };
    });
  },

  newReports: async (reports) => {
    const found = await batchGet(client, tableName, reports.map(keys.countedReport));
    return reports.filter((report) => !found.has(keyText(toKey(keys.countedReport(report)))));
  },

  commit: ({ blocks, reports, changes }) =>
    transactWrite(client, [
      ...blocks.map((block) => blockPut(tableName, block)),
      ...reports.map((report) => reportPut(tableName, report)),
      ...[...Map.groupBy(changes, ({ day }) => day)].map(([day, some]) => sumUpdate(tableName, day, some)),
    ]),

  read: async (fromDay) => {
    const items = await queryItems(client, {
      TableName: tableName,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk AND sk >= :from',
      ExpressionAttributeValues: { ':pk': { S: keys.countsPartition }, ':from': { S: keys.countsOfDay(fromDay).sk } },
    });
    const isTotal = ({ sk }: Item) => sk?.S === keys.countsOfAll.sk;
    const total = items.find(isTotal);
    return {
      contacts: total ? fromItem<SourceCounts>(total) : {},
      days: items.filter((item) => !isTotal(item)).map(dayIn),
    };
  },
});

/** The counts of this stage. */
export const counts: CountStore = /* @__PURE__ */ lazily(() => countStore(dynamodb(), liveTableName()));

type StoredBlock = Pick<Block, 'bytes' | 'version'>;

const noBlock: StoredBlock = { bytes: new Uint8Array(contactsPerBlock), version: 0 };

const blockPut = (TableName: string, { number, bytes, version }: Block): TransactWriteItem => ({
  Put: {
    TableName,
    Item: toItem(keys.countedBlock(number), { bytes, version: version + 1 }),
    ...(version === 0
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: '#version = :version',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':version': { N: String(version) } },
        }),
  },
});

const reportPut = (TableName: string, report: Report): TransactWriteItem => ({
  Put: {
    TableName,
    Item: toItem({ ...keys.countedReport(report), ttl: expiryOf(report.day, reportDays) }),
    ConditionExpression: 'attribute_not_exists(pk)',
  },
});

const sumUpdate = (TableName: string, day: string | undefined, changes: readonly SumChange[]): TransactWriteItem => ({
  Update: {
    TableName,
    Key: toKey(day === undefined ? keys.countsOfAll : keys.countsOfDay(day)),
    UpdateExpression: `ADD ${changes.map((_, index) => `#n${index} :n${index}`).join(', ')}`,
    ExpressionAttributeNames: Object.fromEntries(changes.map(({ name }, index) => [`#n${index}`, name])),
    ExpressionAttributeValues: Object.fromEntries(changes.map(({ by }, index) => [`:n${index}`, { N: String(by) }])),
  },
});

const dayIn = (item: Item): CountedDay => {
  const {
    asked = 0,
    confirmed = 0,
    bounced = 0,
    complained = 0,
    ...created
  } = fromItem<SourceCounts & Partial<Record<DayCount, number>>>(item);
  return { day: keys.dayOfCounts(item.sk?.S ?? ''), created, asked, confirmed, bounced, complained };
};
