import {
  BatchExecuteStatementCommand,
  type BatchStatementError,
  type BatchStatementRequest,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { chunksOf, inParallel } from '../clients/parallel.ts';
import { isTransientCode, refused, untilDone } from '../clients/retry.ts';
import { batchGet } from './batch-get.ts';
import { type Item, keyOf, keyText } from './item.ts';

/** Statements in one BatchExecuteStatement call (AWS limit). */
const statementsPerCall = 25;

/**
 * Inserts each item whose key is free, by PartiQL in parallel calls of 25: one write unit a kilobyte and a verdict an
 * item, in order. An insert may meet its own item when the answer to an earlier attempt was lost; so every item that
 * was in the way is read once, and one that `isOurs` counts as inserted. The keys must be distinct.
 */
export const batchInsert = async (
  client: DynamoDBClient,
  tableName: string,
  items: readonly Item[],
  isOurs: (stored: Item, item: Item) => boolean,
): Promise<boolean[]> => {
  const isInTheWay = new Set<Item>();
  await inParallel(chunksOf(items, statementsPerCall), (chunk) =>
    untilDone(chunk, async (left) => {
      const { Responses = [] } = await client.send(
        new BatchExecuteStatementCommand({ Statements: left.map((item) => insertStatement(tableName, item)) }),
      );
      return left.filter((item, index) => {
        const verdict = verdictOf(Responses[index]?.Error);
        if (verdict === 'taken') isInTheWay.add(item);
        return verdict === 'throttled';
      });
    }),
  );
  if (isInTheWay.size === 0) return items.map(() => true);

  const stored = await batchGet(client, tableName, [...isInTheWay].map(keyOf));
  return items.map((item) => {
    const existing = stored.get(keyText(item));
    return !isInTheWay.has(item) || (existing !== undefined && isOurs(existing, item));
  });
};

const insertStatement = (tableName: string, item: Item): BatchStatementRequest => ({
  Statement: `INSERT INTO "${tableName}" VALUE {${Object.keys(item)
    .map((name) => `'${name}': ?`)
    .join(', ')}}`,
  Parameters: Object.values(item),
});

const verdictOf = (error: BatchStatementError | undefined): 'inserted' | 'taken' | 'throttled' => {
  if (!error) return 'inserted';
  if (error.Code === 'DuplicateItem') return 'taken';
  if (isTransientCode(error.Code)) return 'throttled';
  throw refused(error);
};
