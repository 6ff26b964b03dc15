import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { type Segment, type SegmentEpoch, segmentNameKey } from '#domain/segments/segment.ts';
import { conditionalWrite } from '../table/conditional-write.ts';
import { type Item, toItem, toKey, toValues } from '../table/item.ts';
import { keys } from '../table/keys.ts';
import { transactWrite } from '../table/transaction.ts';

/** Gives a segment a name that is free, if the segment is still as it was read; whether that was so. */
export const renameSegment = (
  client: DynamoDBClient,
  TableName: string,
  segment: Segment,
  name: string,
): Promise<boolean> => {
  const { expression, names, values } = asRead(segment);
  const rename: TransactWriteItem = {
    Update: {
      TableName,
      Key: toKey(keys.segment(segment.id)),
      UpdateExpression: 'SET #name = :newName',
      ConditionExpression: expression,
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: { ...values, ':newName': { S: name } },
    },
  };
  if (segmentNameKey(name) === segmentNameKey(segment.name)) return transactWrite(client, [rename]);
  const claim: TransactWriteItem = {
    Put: {
      TableName,
      Item: toItem(keys.segmentName(segmentNameKey(name)), { segmentId: segment.id }),
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  };
  return transactWrite(client, [rename, claim, releaseOfName(TableName, segment)]);
};

/** Leaves only what keeps the id from coming back, if the segment is still as it was read, in its epoch too. */
export const removeSegment = (client: DynamoDBClient, TableName: string, segment: Segment): Promise<boolean> => {
  const { expression, names, values } = asRead(segment);
  const leaveTombstones: TransactWriteItem = {
    Put: {
      TableName,
      Item: toItem(keys.segment(segment.id), { id: segment.id, isRemoved: true }),
      ConditionExpression: `${expression} AND #epoch = :epoch`,
      ExpressionAttributeNames: { ...names, '#epoch': 'epoch' },
      ExpressionAttributeValues: { ...values, ...toValues({ ':epoch': segment.epoch }) },
    },
  };
  return transactWrite(client, [leaveTombstones, releaseOfName(TableName, segment)]);
};

/** Ends an epoch; it does not matter if another writer has ended it, or removed the segment. */
export const endEpoch = async (
  client: DynamoDBClient,
  TableName: string,
  { segmentId, epoch }: SegmentEpoch,
): Promise<void> => {
  const update = {
    TableName,
    Key: toKey(keys.segment(segmentId)),
    UpdateExpression: 'ADD #epoch :one',
    ConditionExpression: '#epoch = :epoch',
    ExpressionAttributeNames: { '#epoch': 'epoch' },
    ExpressionAttributeValues: toValues({ ':one': 1, ':epoch': epoch }),
  };
  await conditionalWrite(client, { update }, () => true);
};

/** Binds a segment that mirrors nothing to a category, or frees it from its own. */
export const categoryUpdate = (TableName: string, segment: Segment, categoryKey?: string): TransactWriteItem => {
  const { expression, names, values } = asRead(segment);
  return {
    Update: {
      TableName,
      Key: toKey(keys.segment(segment.id)),
      UpdateExpression: categoryKey === undefined ? 'REMOVE categoryKey' : 'SET categoryKey = :newCategory',
      ConditionExpression: expression,
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: {
        ...values,
        ...(categoryKey !== undefined && { ':newCategory': { S: categoryKey } }),
      },
    },
  };
};

/** The condition that a segment has the name and the category that were read. */
const asRead = ({
  name,
  categoryKey,
}: Segment): { expression: string; names: Record<string, string>; values: Item } => ({
  expression: `#name = :name AND ${categoryKey === undefined ? 'attribute_not_exists(categoryKey)' : 'categoryKey = :category'}`,
  names: { '#name': 'name' },
  values: toValues({ ':name': name, ...(categoryKey !== undefined && { ':category': categoryKey }) }),
});

const releaseOfName = (TableName: string, { id, name }: Segment): TransactWriteItem => ({
  Delete: {
    TableName,
    Key: toKey(keys.segmentName(segmentNameKey(name))),
    ConditionExpression: 'segmentId = :id',
    ExpressionAttributeValues: toValues({ ':id': id }),
  },
});
