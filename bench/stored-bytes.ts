import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { callAws } from '#infra/local/engine/call-aws.ts';
import { table } from '#names/table.ts';
import type { BenchStack } from './bench-stack.ts';
import { type ItemKind, itemKind } from './item-kind.ts';

/** What DynamoDB adds to each item and each entry of an index (its documentation of storage). */
const bytesBesideItem = 100;

type Item = Readonly<Record<string, AttributeValue>>;

/** Bytes of the table by kind of item: items and their entries in indexes. */
export const storedBytes = async ({ engineEndpoint, tableName }: BenchStack): Promise<Record<ItemKind, number>> => {
  const bytes: Record<string, number> = {};
  let from: object | undefined;
  do {
    const page = (await callAws({
      endpoint: engineEndpoint,
      target: 'DynamoDB_20120810.Scan',
      body: { TableName: tableName, ExclusiveStartKey: from },
    })) as { Items: readonly Item[]; LastEvaluatedKey?: object };
    for (const item of page.Items) {
      const kind = itemKind({ pk: item.pk?.S ?? '', sk: item.sk?.S ?? '' });
      bytes[kind] = (bytes[kind] ?? 0) + bytesWithIndexes(item);
    }
    from = page.LastEvaluatedKey;
  } while (from);
  return bytes as Record<ItemKind, number>;
};

const bytesWithIndexes = (item: Item): number => {
  const whole = bytesOf(Object.entries(item));
  const { byGroup, byTime, directory } = table;
  const copies = [byGroup, byTime].filter(({ partitionKey }) => partitionKey in item).map(() => whole);
  const held = ['pk', 'sk', directory.partitionKey, directory.sortKey, ...directory.holds];
  const line = bytesOf(Object.entries(item).filter(([name]) => held.includes(name)));
  const entries = [whole, ...copies, ...(directory.partitionKey in item ? [line] : [])];
  return entries.reduce((sum, entry) => sum + entry + bytesBesideItem, 0);
};

const bytesOf = (members: readonly (readonly [name: string, value: AttributeValue])[]): number =>
  members.reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + bytesOfValue(value), 0);

const bytesOfValue = ({ S, N, B, L, M }: AttributeValue): number => {
  if (S !== undefined) return Buffer.byteLength(S);
  // Two digits a byte, and one more.
  if (N !== undefined) return Math.ceil(N.length / 2) + 1;
  if (B !== undefined) return Math.ceil((String(B).length * 3) / 4);
  if (L !== undefined) return 3 + L.reduce((sum, one) => sum + 1 + bytesOfValue(one), 0);
  if (M !== undefined) return 3 + bytesOf(Object.entries(M)) + Object.keys(M).length;
  return 1;
};
