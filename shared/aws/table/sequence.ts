import { type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { withRetry } from '../clients/retry.ts';
import { toKey } from './item.ts';
import { keys, type SequenceName } from './keys.ts';

/** New ids, ascending, never leased before; ids whose answer was lost are never used. */
export const leaseFrom = async (
  client: DynamoDBClient,
  tableName: string,
  name: SequenceName,
  count: number,
): Promise<number[]> => {
  if (count === 0) return [];
  const { Attributes } = await withRetry(() =>
    client.send(
      new UpdateItemCommand({
        TableName: tableName,
        Key: toKey(keys.sequence(name)),
        UpdateExpression: 'ADD lastId :count',
        ExpressionAttributeValues: { ':count': { N: String(count) } },
        ReturnValues: 'UPDATED_NEW',
      }),
    ),
  );
  const last = Number(Attributes?.lastId?.N);
  return Array.from({ length: count }, (_, index) => last - count + 1 + index);
};
