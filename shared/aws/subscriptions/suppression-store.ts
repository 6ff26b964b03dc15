import { createHash } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SuppressionStore } from '#domain/subscriptions/ports.ts';
import type { Suppression } from '#domain/subscriptions/suppression.ts';
import { reasonsBelow } from '#domain/subscriptions/suppression.ts';
import { lazily } from '../clients/connect.ts';
import { dynamodb, tableName as liveTableName } from '../clients/dynamodb-client.ts';
import { distinctBy, inParallel } from '../clients/parallel.ts';
import { batchGet } from '../table/batch-get.ts';
import { batchInsert } from '../table/batch-insert.ts';
import { batchWrite } from '../table/batch-write.ts';
import { conditionalWrite } from '../table/conditional-write.ts';
import { fromItem, type Item, keyText, toItem, toKey, toValues } from '../table/item.ts';
import { keys } from '../table/keys.ts';

/**
 * Suppressed addresses by their hash. The address itself is not stored, because a suppression outlives the erasure of
 * its contacts.
 */
export const suppressionStore = (client: DynamoDBClient, tableName: string): SuppressionStore => ({
  find: async (addresses) => {
    const found = await batchGet(client, tableName, addresses.map(suppressionKey));
    return distinctBy(addresses, (address) => address).flatMap((address): Suppression[] => {
      const item = found.get(keyText(toKey(suppressionKey(address))));
      return item ? [{ ...fromItem<Omit<Suppression, 'address'>>(item), address }] : [];
    });
  },

  add: async (suppressions) => {
    const strongest = distinctBy(suppressions.toSorted(byStrength), ({ address }) => address);
    const items = strongest.map(({ address, ...said }) => toItem(suppressionKey(address), said));
    const weaker = new Set<Item>();
    await batchInsert(client, tableName, items, (stored, item) => {
      if (reasonsBelow(reasonOf(item)).includes(reasonOf(stored))) weaker.add(item);
      return true;
    });
    await inParallel([...weaker], (item) => strengthen(client, tableName, item));
  },

  remove: (addresses) =>
    batchWrite(client, tableName, { remove: addresses.map((address) => toKey(suppressionKey(address))) }),
});

/** The suppressed addresses of this stage. */
export const suppressions: SuppressionStore = /* @__PURE__ */ lazily(() =>
  suppressionStore(dynamodb(), liveTableName()),
);

/** Takes the place of a weaker reason, if no stronger one was stored meanwhile. */
const strengthen = (client: DynamoDBClient, TableName: string, Item: Item): Promise<boolean> => {
  const below = Object.fromEntries(reasonsBelow(reasonOf(Item)).map((reason, index) => [`:below${index}`, reason]));
  return conditionalWrite(
    client,
    {
      put: {
        TableName,
        Item,
        ConditionExpression: `attribute_not_exists(pk) OR reason IN (${Object.keys(below).join(', ')})`,
        ExpressionAttributeValues: toValues(below),
      },
    },
    () => true,
  );
};

const reasonOf = ({ reason }: Item): Suppression['reason'] => reason?.S as Suppression['reason'];

const byStrength = (one: Suppression, other: Suppression): number =>
  reasonsBelow(other.reason).length - reasonsBelow(one.reason).length;

const suppressionKey = (address: string) => keys.suppression(createHash('sha256').update(address).digest('hex'));
