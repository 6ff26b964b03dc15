import { BatchGetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { chunksOf, distinctBy, inParallel } from '../clients/parallel.ts';
import { untilDone } from '../clients/retry.ts';
import { type Item, type Key, keyText, toKey } from './item.ts';

/** Keys in one BatchGetItem call (AWS limit). */
const keysPerCall = 100;

/**
 * The items that exist among these keys, by `keyText`, in parallel calls of 100; a key that comes twice is asked for
 * once. Reads are consistent unless the caller says otherwise.
 */
export const batchGet = async (
  client: DynamoDBClient,
  tableName: string,
  keys: readonly Key[],
  { isConsistent = true }: { isConsistent?: boolean } = {},
): Promise<Map<string, Item>> => {
  const found = new Map<string, Item>();
  const distinct = distinctBy(keys, ({ pk, sk }) => `${pk} ${sk}`).map(toKey);
  await inParallel(chunksOf(distinct, keysPerCall), (chunk) =>
    untilDone(chunk, async (left) => {
      const { Responses, UnprocessedKeys } = await client.send(
        new BatchGetItemCommand({ RequestItems: { [tableName]: { Keys: [...left], ConsistentRead: isConsistent } } }),
      );
      for (const item of Responses?.[tableName] ?? []) found.set(keyText(item), item);
      return UnprocessedKeys?.[tableName]?.Keys ?? [];
    }),
  );
  return found;
};
