import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { SegmentSending, SegmentSendings } from '#domain/segments/segment-sending.ts';
import { variable } from '#shared/environment.ts';
import { lazily } from '../clients/connect.ts';
import { dynamodb, tableName as liveTableName } from '../clients/dynamodb-client.ts';
import { withRetry } from '../clients/retry.ts';
import { expiryOf, isExpired, toItem, toKey } from '../table/item.ts';
import { keys } from '../table/keys.ts';

/** Sendings under the keys of messages, so that their status is read and noted like one; what is sent is JSON. */
export const segmentSendingsOn = (
  client: DynamoDBClient,
  tableName: string,
  { retentionDays, now = Date.now }: { readonly retentionDays: number; readonly now?: () => number },
): SegmentSendings => ({
  create: async (sending) => {
    const { requestId, channel, createdAt } = sending;
    const Item = toItem(
      { ...keys.message(requestId), ttl: expiryOf(createdAt, retentionDays) },
      {
        requestId,
        contactId: 0,
        channel,
        status: 'QUEUED',
        createdAt,
        statusAt: createdAt,
        sending: JSON.stringify(sending),
      },
    );
    await withRetry(() => client.send(new PutItemCommand({ TableName: tableName, Item })));
  },

  find: async (requestId) => {
    const get = new GetItemCommand({ TableName: tableName, Key: toKey(keys.message(requestId)), ConsistentRead: true });
    const { Item } = await withRetry(() => client.send(get));
    if (!Item?.sending?.S || isExpired(Item, now())) return undefined;
    return JSON.parse(Item.sending.S) as SegmentSending;
  },
});

const messageRetentionDays = /* @__PURE__ */ variable('messageRetentionDays');

/** The sendings of this stage. */
export const segmentSendings: SegmentSendings = /* @__PURE__ */ lazily(() =>
  segmentSendingsOn(dynamodb(), liveTableName(), {
    retentionDays: Number(messageRetentionDays()),
  }),
);
