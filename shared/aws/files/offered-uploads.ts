import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { OfferedUpload, OfferedUploads } from '#domain/files/offered-upload.ts';
import { lazily } from '../clients/connect.ts';
import { dynamodb, tableName as liveTableName } from '../clients/dynamodb-client.ts';
import { withRetry } from '../clients/retry.ts';
import { expiryOf, fromItem, isExpired, toItem, toKey } from '../table/item.ts';
import { keys } from '../table/keys.ts';

/** As long as the file itself is kept if it is not imported. */
const offerDays = 3;

/** Offers as an item each. */
export const offeredUploadsOn = (client: DynamoDBClient, TableName: string): OfferedUploads => ({
  note: async (offer) => {
    const Item = toItem({ ...keys.upload(offer.uploadId), ttl: expiryOf(offer.createdAt, offerDays) }, offer);
    await withRetry(() => client.send(new PutItemCommand({ TableName, Item })));
  },
  find: async (uploadId) => {
    const { Item } = await withRetry(() =>
      client.send(new GetItemCommand({ TableName, Key: toKey(keys.upload(uploadId)), ConsistentRead: true })),
    );
    return Item && !isExpired(Item, Date.now()) ? fromItem<OfferedUpload>(Item) : undefined;
  },
});

/** The offers of this stage. */
export const offeredUploads: OfferedUploads = /* @__PURE__ */ lazily(() =>
  offeredUploadsOn(dynamodb(), liveTableName()),
);
