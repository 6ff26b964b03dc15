import { type DynamoDBClient, QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { withRetry } from '../clients/retry.ts';
import type { Item } from './item.ts';

/** What a query finds, page after page: everything, or the first `limit` items. */
export const queryItems = async (
  client: DynamoDBClient,
  query: QueryCommandInput,
  limit = Number.POSITIVE_INFINITY,
): Promise<Item[]> => {
  const found: Item[] = [];
  for await (const items of eachPage(client, query, () => limit - found.length)) {
    found.push(...items);
    if (found.length >= limit) break;
  }
  return found;
};

/** Everything in one partition, or the first `limit` items, by a consistent read. */
export const itemsOfPartition = (
  client: DynamoDBClient,
  TableName: string,
  partition: string,
  limit?: number,
): Promise<Item[]> => {
  const query = {
    TableName,
    ConsistentRead: true,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': { S: partition } },
  };
  return queryItems(client, query, limit);
};

/** What a query finds, a page at a time; the next one is asked for when it is wanted, for at most `left` items. */
export async function* eachPage(
  client: DynamoDBClient,
  query: QueryCommandInput,
  left: () => number = () => Number.POSITIVE_INFINITY,
): AsyncGenerator<Item[]> {
  let ExclusiveStartKey: Item | undefined;
  do {
    const Limit = left();
    const page = await withRetry(() =>
      client.send(
        new QueryCommand({
          ...query,
          ...(Number.isFinite(Limit) && { Limit }),
          ...(ExclusiveStartKey && { ExclusiveStartKey }),
        }),
      ),
    );
    yield page.Items ?? [];
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
}

/** How many items a query finds; they are read, but not sent. */
export const countItems = async (client: DynamoDBClient, query: QueryCommandInput): Promise<number> => {
  let count = 0;
  let from: Item | undefined;
  do {
    const page = await withRetry(() =>
      client.send(new QueryCommand({ ...query, Select: 'COUNT', ...(from && { ExclusiveStartKey: from }) })),
    );
    count += page.Count ?? 0;
    from = page.LastEvaluatedKey;
  } while (from);
  return count;
};
