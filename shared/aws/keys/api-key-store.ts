import { type DynamoDBClient, GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { ApiKey } from '#domain/keys/api-key.ts';
import type { ApiKeyStore } from '#domain/keys/ports.ts';
import { lazily } from '../clients/connect.ts';
import { dynamodb, tableName as liveTableName } from '../clients/dynamodb-client.ts';
import { withRetry } from '../clients/retry.ts';
import { conditionalWrite } from '../table/conditional-write.ts';
import { expiryOf, fromItem, toItem, toKey, toValues } from '../table/item.ts';
import { keys } from '../table/keys.ts';
import { itemsOfPartition } from '../table/query.ts';
import { keptRequests } from './kept-requests.ts';

/**
 * API keys by their hash. All of them share one partition, so that a query lists them: they are few, and each function
 * looks one up once a minute.
 */
export const apiKeyStore = (client: DynamoDBClient, tableName: string): ApiKeyStore => ({
  find: async (hash) => {
    const { Item } = await withRetry(() =>
      client.send(new GetItemCommand({ TableName: tableName, Key: toKey(keys.apiKey(hash)), ConsistentRead: true })),
    );
    return Item && fromItem<ApiKey>(Item);
  },

  touch: async (hash, usedAt) => {
    await conditionalWrite(
      client,
      {
        update: {
          TableName: tableName,
          Key: toKey(keys.apiKey(hash)),
          UpdateExpression: 'SET lastUsedAt = :usedAt',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeValues: { ':usedAt': { S: usedAt } },
        },
      },
      () => true,
    );
  },

  countUse: async (hash, window) => {
    const { Attributes } = await withRetry(() =>
      client.send(
        new UpdateItemCommand({
          TableName: tableName,
          Key: toKey(keys.keyUse(hash, window)),
          UpdateExpression: 'SET #ttl = :ttl ADD uses :one',
          ExpressionAttributeNames: { '#ttl': 'ttl' },
          ExpressionAttributeValues: toValues({ ':one': 1, ':ttl': expiryOf(startOf(window), 1) }),
          ReturnValues: 'UPDATED_NEW',
        }),
      ),
    );
    return Number(Attributes?.uses?.N ?? 0);
  },

  ...keptRequests(client, tableName),

  create: async (key) => {
    await withRetry(() =>
      client.send(new PutItemCommand({ TableName: tableName, Item: toItem(keys.apiKey(key.hash), key) })),
    );
  },

  list: async () => {
    const items = await itemsOfPartition(client, tableName, keys.apiKeyPartition);
    return items.map((item) => fromItem<ApiKey>(item)).sort((one, other) => one.name.localeCompare(other.name));
  },

  revoke: (hash) =>
    conditionalWrite(
      client,
      {
        remove: {
          TableName: tableName,
          Key: toKey(keys.apiKey(hash)),
          ConditionExpression: 'attribute_exists(pk)',
        },
      },
      ({ isRepeat }) => isRepeat,
    ),
});

/** When a window begins, which is named by how its time begins: a minute, an hour or a day. */
const startOf = (window: string): string => `${window}${'T00:00'.slice(window.length - 'yyyy-mm-dd'.length)}Z`;

/** The API keys of this stage. */
export const apiKeys: ApiKeyStore = /* @__PURE__ */ lazily(() => apiKeyStore(dynamodb(), liveTableName()));
