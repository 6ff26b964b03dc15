import { type DynamoDBClient, QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import type { Item } from './item.ts';
import { patiently } from './retry.ts';

/** What a query finds, page after page: everything, or the first `limit` items. */
export const queryItems = async (
  client: DynamoDBClient,
  query: QueryCommandInput,
  limit = Number.POSITIVE_INFINITY,
): Promise<Item[]> => {
  const found: Item[] = [];
  let ExclusiveStartKey: Item | undefined;
  do {
    const page = await patiently(() =>
      client.send(
        new QueryCommand({
          ...query,
          ...(Number.isFinite(limit) && { Limit: limit - found.length }),
          ...(ExclusiveStartKey && { ExclusiveStartKey }),
        }),
      ),
    );
    found.push(...(page.Items ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey && found.length < limit);
  return found;
};
