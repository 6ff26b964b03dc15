import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Page, PageRequest } from '#domain/ports.ts';
import { batchGet } from './batch-get.ts';
import { fromItem, type Item, isExpired, keyText } from './item.ts';
import { inParallel } from './parallel.ts';
import { queryItems } from './query.ts';

/** A list in the table or one of its indexes: the partitions it is spread over and the sort key they share. */
export interface SortedList {
  /** Absent: the table itself. */
  readonly indexName?: string;
  readonly partitionKey: string;
  readonly sortKey: string;
  readonly partitions: readonly string[];
}

/** Rounds of a page that meets nothing but expired or unwanted items; it may then end short of its limit. */
const roundsPerPage = 10;

/**
 * One page of a list, newest first, merged from all of its partitions. The cursor is the sort key of the last item that
 * was looked at, so that each item comes exactly once however the pages fall. Expired items are left out.
 */
export const newestFirst = async <Value extends object>(
  client: DynamoDBClient,
  tableName: string,
  list: SortedList,
  { limit, cursor }: PageRequest,
  isWanted: (value: Value) => boolean = () => true,
): Promise<Page<Value>> => {
  const items: Value[] = [];
  let before = cursor;
  for (let round = 0; round < roundsPerPage; round++) {
    const entries = await entriesBefore(client, tableName, list, limit + 1, before);
    const stored = list.indexName ? await batchGet(client, tableName, entries.map(keyOf)) : byKey(entries);
    for (const entry of entries) {
      if (items.length === limit) return pageUpTo(items, before);
      const item = stored.get(keyText(entry));
      before = entry[list.sortKey]?.S;
      if (!item || isExpired(item, Date.now())) continue;
      const value = fromItem<Value>(item);
      if (isWanted(value)) items.push(value);
    }
    if (entries.length <= limit) return { items };
  }
  return pageUpTo(items, before);
};

const pageUpTo = <Value>(items: Value[], cursor: string | undefined): Page<Value> =>
  cursor === undefined ? { items } : { items, cursor };

const byKey = (items: readonly Item[]): Map<string, Item> => new Map(items.map((item) => [keyText(item), item]));

/** The newest entries older than a sort key, merged from every partition. */
const entriesBefore = async (
  client: DynamoDBClient,
  TableName: string,
  { indexName, partitionKey, sortKey, partitions }: SortedList,
  limit: number,
  before: string | undefined,
): Promise<Item[]> => {
  const found = await inParallel(partitions, (partition) =>
    queryItems(
      client,
      {
        TableName,
        ...(indexName && { IndexName: indexName }),
        KeyConditionExpression: `#partition = :partition${before === undefined ? '' : ' AND #sort < :before'}`,
        ExpressionAttributeNames: { '#partition': partitionKey, ...(before !== undefined && { '#sort': sortKey }) },
        ExpressionAttributeValues: {
          ':partition': { S: partition },
          ...(before !== undefined && { ':before': { S: before } }),
        },
        ScanIndexForward: false,
      },
      limit,
    ),
  );
  const sortOf = (item: Item) => item[sortKey]?.S ?? '';
  return found
    .flat()
    .sort((one, other) => (sortOf(one) < sortOf(other) ? 1 : -1))
    .slice(0, limit);
};

const keyOf = (item: Item) => ({ pk: item.pk?.S ?? '', sk: item.sk?.S ?? '' });
