import type { DynamoDBClient, QueryCommandInput } from '@aws-sdk/client-dynamodb';
import type { Page, PageRequest } from '#domain/page.ts';
import { inParallel } from '../clients/parallel.ts';
import { fromItem, type Item, isExpired } from './item.ts';
import { queryItems } from './query.ts';

/** A list in the table or one of its indexes, which hold whole items: its partitions and the sort key they share. */
export interface SortedList {
  /** Absent: the table itself. */
  readonly indexName?: string;
  readonly partitionKey: string;
  readonly sortKey: string;
  readonly partitions: readonly string[];
  /** Descending by the sort key if absent. */
  readonly isAscending?: boolean;
  /** Entries whose sort key comes after this one in the order of the list are left out. */
  readonly end?: string;
  /** Entries that are at least looked at in one round, for a list whose wanted items may be rare. */
  readonly entriesPerRound?: number;
}

/** Rounds of a page that meets nothing but expired or unwanted items; it may then end short of its limit. */
const roundsPerPage = 10;

/**
 * One page of a list, newest first, or oldest first if the list says so, merged from all of its partitions. The cursor
 * is the sort key of the last item that was looked at, so that each item comes exactly once however the pages fall.
 * Expired items are left out.
 */
export const newestFirst = async <Value extends object>(
  client: DynamoDBClient,
  tableName: string,
  list: SortedList,
  { limit, cursor }: PageRequest,
  isWanted: (value: Value) => boolean = () => true,
  read: (item: Item) => Value = fromItem<Value>,
): Promise<Page<Value>> => {
  const items: Value[] = [];
  let last = cursor;
  for (let round = 0; round < roundsPerPage; round++) {
    const wanted = Math.max(limit + 1, list.entriesPerRound ?? 0);
    const { entries, isEnd } = await entriesAfter(client, tableName, list, wanted, last);
    for (const entry of entries) {
      if (items.length === limit) return pageUpTo(items, last);
      const sort = entry[list.sortKey]?.S ?? '';
      if (list.end !== undefined && (list.isAscending ? sort > list.end : sort < list.end)) return { items };
      last = sort;
      if (isExpired(entry, Date.now())) continue;
      const value = read(entry);
      if (isWanted(value)) items.push(value);
    }
    if (isEnd) return { items };
  }
  return pageUpTo(items, last);
};

const pageUpTo = <Value>(items: Value[], cursor: string | undefined): Page<Value> =>
  cursor === undefined ? { items } : { items, cursor };

/**
 * The entries that follow a sort key, from every partition: twice each one's fair share, and of those the ones that no
 * unread entry of another partition can precede.
 */
const entriesAfter = async (
  client: DynamoDBClient,
  tableName: string,
  { partitions, ...list }: SortedList,
  wanted: number,
  last: string | undefined,
): Promise<{ entries: Item[]; isEnd: boolean }> => {
  const share = partitions.length === 1 ? wanted : Math.ceil((2 * wanted) / partitions.length) + 1;
  const found = await inParallel(partitions, (partition) =>
    queryItems(client, queryAfter(tableName, list, partition, last), share),
  );
  const sortOf = (item: Item | undefined) => item?.[list.sortKey]?.S ?? '';
  const comesFirst = (one: string, other: string) => (list.isAscending ? one < other : one > other);
  const unread = found.filter(({ length }) => length === share).map((items) => sortOf(items.at(-1)));
  const entries = found
    .flat()
    .filter((item) => unread.every((end) => !comesFirst(end, sortOf(item))))
    .sort((one, other) => (comesFirst(sortOf(one), sortOf(other)) ? -1 : 1));
  return { entries, isEnd: unread.length === 0 };
};

const queryAfter = (
  TableName: string,
  { indexName, partitionKey, sortKey, isAscending = false }: Omit<SortedList, 'partitions'>,
  partition: string,
  last: string | undefined,
): QueryCommandInput => ({
  TableName,
  ...(indexName && { IndexName: indexName }),
  KeyConditionExpression: `#partition = :partition${last === undefined ? '' : ` AND #sort ${isAscending ? '>' : '<'} :last`}`,
  ExpressionAttributeNames: { '#partition': partitionKey, ...(last !== undefined && { '#sort': sortKey }) },
  ExpressionAttributeValues: {
    ':partition': { S: partition },
    ...(last !== undefined && { ':last': { S: last } }),
  },
  ScanIndexForward: isAscending,
});
