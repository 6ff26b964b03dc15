import { BatchWriteItemCommand, type DynamoDBClient, type WriteRequest } from '@aws-sdk/client-dynamodb';
import { chunksOf, distinctBy, inParallel } from '../clients/parallel.ts';
import { untilDone } from '../clients/retry.ts';
import { type Item, keyText } from './item.ts';

/** Requests in one BatchWriteItem call (AWS limit). */
const requestsPerCall = 25;

/** Puts and removes items without conditions, in parallel calls of 25; of two requests for one key the later counts. */
export const batchWrite = async (
  client: DynamoDBClient,
  tableName: string,
  { put = [], remove = [] }: { put?: readonly Item[]; remove?: readonly Item[] },
): Promise<void> => {
  const requests: WriteRequest[] = [
    ...put.map((Item) => ({ PutRequest: { Item } })),
    ...remove.map((Key) => ({ DeleteRequest: { Key } })),
  ];
  const distinct = distinctBy(requests.reverse(), (one) =>
    keyText(one.PutRequest?.Item ?? one.DeleteRequest?.Key ?? {}),
  );
  await inParallel(chunksOf(distinct, requestsPerCall), (chunk) =>
    untilDone(chunk, async (left) => {
      const { UnprocessedItems } = await client.send(
        new BatchWriteItemCommand({ RequestItems: { [tableName]: [...left] } }),
      );
      return UnprocessedItems?.[tableName] ?? [];
    }),
  );
};
