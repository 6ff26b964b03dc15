import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { SweepMarks } from '#domain/sweep.ts';
import { lazily } from '../clients/connect.ts';
import { dynamodb, tableName as liveTableName } from '../clients/dynamodb-client.ts';
import { withRetry } from '../clients/retry.ts';
import { toItem, toKey } from '../table/item.ts';
import { keys } from '../table/keys.ts';

/** From when on each sweep looks, as an item each. */
export const sweepMarksIn = (client: DynamoDBClient, TableName: string): SweepMarks => ({
  read: async (sweep) => {
    const Key = toKey(keys.sweepMark(sweep));
    const { Item } = await withRetry(() => client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true })));
    return Item?.since?.S;
  },
  write: async (sweep, since) => {
    const Item = toItem(keys.sweepMark(sweep), { since });
    await withRetry(() => client.send(new PutItemCommand({ TableName, Item })));
  },
});

/** The marks of this stage. */
export const sweepMarks: SweepMarks = /* @__PURE__ */ lazily(() => sweepMarksIn(dynamodb(), liveTableName()));
