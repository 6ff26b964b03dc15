import type { DynamoDBClient, QueryCommandInput } from '@aws-sdk/client-dynamodb';
import type { DirectoryEntry, NamePrefixes } from '#domain/contacts/directory-entry.ts';
import type { ContactDirectory } from '#domain/contacts/ports.ts';
import { table } from '#names/table.ts';
import { lazily } from '../clients/connect.ts';
import { dynamodb, tableName as liveTableName } from '../clients/dynamodb-client.ts';
import { inParallel } from '../clients/parallel.ts';
import { indexKeys, shards } from '../table/keys.ts';
import { newestFirst, type SortedList } from '../table/newest-first.ts';
import { countItems, eachPage } from '../table/query.ts';

const { directory } = table;

/** The directory as a list of all contacts that are not erased, by id. */
export const directoryList: SortedList = {
  indexName: directory.indexName,
  partitionKey: directory.partitionKey,
  sortKey: directory.sortKey,
  partitions: shards.map(indexKeys.directory),
};

/** The directory of contacts in its index, of which all shards are asked at once. */
export const contactDirectoryOn = (client: DynamoDBClient, tableName: string): ContactDirectory => ({
  collect: async (names, isWanted = () => true) => {
    const found: DirectoryEntry[] = [];
    await inParallel(directoryList.partitions, async (partition) => {
      const query = { ...activeIn(tableName, partition, names), ProjectionExpression: 'id, updatedAt' };
      for await (const items of eachPage(client, query)) {
        for (const { id, updatedAt } of items) {
          const entry = { id: Number(id?.N), updatedAt: updatedAt?.S ?? '' };
          if (isWanted(entry)) found.push(entry);
        }
      }
    });
    return found.sort((one, other) => one.id - other.id);
  },

  count: async () => {
    const counts = await inParallel(directoryList.partitions, (partition) =>
      countItems(client, activeIn(tableName, partition)),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  },

  list: async ({ limit, isAscending, after }) => {
    const ids: number[] = [];
    let cursor = after === undefined ? undefined : indexKeys.inDirectory(after);
    do {
      const page = { limit: limit - ids.length, ...(cursor !== undefined && { cursor }) };
      const found = await newestFirst<StoredEntry>(
        client,
        tableName,
        { ...directoryList, isAscending },
        page,
        isActive,
      );
      ids.push(...found.items.map(({ id }) => id));
      cursor = found.cursor;
    } while (cursor !== undefined && ids.length < limit);
    return ids;
  },
});

/** The directory of this stage's contacts. */
export const contactDirectory: ContactDirectory = /* @__PURE__ */ lazily(() =>
  contactDirectoryOn(dynamodb(), liveTableName()),
);

interface StoredEntry {
  readonly id: number;
  readonly state: string;
}

const isActive = ({ state }: StoredEntry): boolean => state === 'active';

/** What the index itself leaves out is read, but not sent. */
const activeIn = (TableName: string, partition: string, names: NamePrefixes = {}): QueryCommandInput => {
  const prefixes = [
    [directory.firstName, names.firstName],
    [directory.lastName, names.lastName],
  ].flatMap(([name, prefix]) => (prefix === undefined ? [] : [{ name, prefix }]));
  return {
    TableName,
    IndexName: directory.indexName,
    KeyConditionExpression: '#partition = :partition',
    FilterExpression: ['#state = :active', ...prefixes.map(({ name }) => `begins_with(${name}, :${name})`)].join(
      ' AND ',
    ),
    ExpressionAttributeNames: { '#partition': directory.partitionKey, '#state': 'state' },
    ExpressionAttributeValues: {
      ':partition': { S: partition },
      ':active': { S: 'active' },
      ...Object.fromEntries(prefixes.map(({ name, prefix }) => [`:${name}`, { S: prefix }])),
    },
  };
};
