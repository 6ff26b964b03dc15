import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Category, CategoryStore } from '#domain/subscriptions/ports.ts';
import { lazily } from '../clients/connect.ts';
import { dynamodb, tableName as liveTableName } from '../clients/dynamodb-client.ts';
import { categoryUpdate } from '../segments/segment-changes.ts';
import { readSegments } from '../segments/segment-names.ts';
import { fromItem, toItem, toKey, toValues } from '../table/item.ts';
import { keys } from '../table/keys.ts';
import { itemsOfPartition } from '../table/query.ts';
import { transactWrite } from '../table/transaction.ts';

/** Subscription categories in one partition; a category and its mark on the segment come and go together. */
export const categoryStore = (client: DynamoDBClient, tableName: string): CategoryStore => ({
  list: async () => {
    const items = await itemsOfPartition(client, tableName, keys.categoryPartition);
    return items.map((item) => fromItem<Category>(item));
  },

  create: (key, segment) =>
    transactWrite(client, [
      {
        Put: {
          TableName: tableName,
          Item: toItem(keys.category(key), { key, segmentId: segment.id }),
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      },
      categoryUpdate(tableName, segment, key),
    ]),

  remove: async ({ key, segmentId }) => {
    const segment = (await readSegments(client, tableName, [segmentId])).get(segmentId);
    if (segment?.categoryKey !== key) return false;
    return transactWrite(client, [
      {
        Delete: {
          TableName: tableName,
          Key: toKey(keys.category(key)),
          ConditionExpression: 'segmentId = :id',
          ExpressionAttributeValues: toValues({ ':id': segmentId }),
        },
      },
      categoryUpdate(tableName, segment),
    ]);
  },
});

/** The subscription categories of this stage. */
export const categories: CategoryStore = /* @__PURE__ */ lazily(() => categoryStore(dynamodb(), liveTableName()));
