import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { ListingPlace, ListingPlaces } from '#domain/contacts/ports.ts';
import { lazily } from '../clients/connect.ts';
import { dynamodb, tableName as liveTableName } from '../clients/dynamodb-client.ts';
import { withRetry } from '../clients/retry.ts';
import { fromItem, isExpired, toItem, toKey } from '../table/item.ts';
import { keys } from '../table/keys.ts';

const hourSeconds = 3_600;

/** The places of listings in the table, which expire after an hour. */
export const listingPlacesOn = (client: DynamoDBClient, tableName: string, now = Date.now): ListingPlaces => ({
  find: async (listing, skip) => {
    const Key = toKey(keys.listingPlace(listing, skip));
    const { Item } = await withRetry(() =>
      client.send(new GetItemCommand({ TableName: tableName, Key, ConsistentRead: true })),
    );
    return Item && !isExpired(Item, now()) ? fromItem<ListingPlace>(Item) : undefined;
  },

  note: async (listing, skip, place) => {
    const ttl = Math.floor(now() / 1000) + hourSeconds;
    const Item = toItem({ ...keys.listingPlace(listing, skip), ttl }, place);
    await withRetry(() => client.send(new PutItemCommand({ TableName: tableName, Item })));
  },
});

/** The places of this stage's listings. */
export const listingPlaces: ListingPlaces = /* @__PURE__ */ lazily(() => listingPlacesOn(dynamodb(), liveTableName()));
