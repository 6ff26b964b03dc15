import { createHash } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SuppressionStore } from '#domain/subscriptions/ports.ts';
import type { Suppression } from '#domain/subscriptions/suppression.ts';
import { mergedSuppression, reasonsBelow, withoutImport, withoutStop } from '#domain/subscriptions/suppression.ts';
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
  find: (addresses) => findIn(client, tableName, addresses),

  add: async (suppressions) => {
    const strongest = distinctBy(suppressions.toSorted(byStrength), ({ address }) => address);
    const items = new Map(strongest.map((one) => [itemOf(one), one]));
    const met: Suppression[] = [];
    await batchInsert(client, tableName, [...items.keys()], (stored, item) => {
      const added = items.get(item);
      if (added && mergedSuppression(suppressionIn(stored, added.address), added)) met.push(added);
      return true;
    });
    await inParallel(met, (added) =>
      change(client, tableName, added.address, (stored) => (stored ? mergedSuppression(stored, added) : added)),
    );
  },

  lift: async (sessionId, addresses) => {
    const found = await findIn(client, tableName, addresses);
    const brought = found.filter((one) => withoutImport(one, sessionId) !== undefined);
    await inParallel(brought, ({ address }) =>
      change(client, tableName, address, (stored) => stored && withoutImport(stored, sessionId)),
    );
  },

  liftStops: async (phones, until) => {
    await inParallel(phones, (phone) =>
      change(client, tableName, phone, (stored) => stored && withoutStop(stored, until)),
    );
  },

  remove: (addresses) =>
    batchWrite(client, tableName, { remove: addresses.map((address) => toKey(suppressionKey(address))) }),
});

/** The suppressed addresses of this stage. */
export const suppressions: SuppressionStore = /* @__PURE__ */ lazily(() =>
  suppressionStore(dynamodb(), liveTableName()),
);

const findIn = async (
  client: DynamoDBClient,
  tableName: string,
  addresses: readonly string[],
): Promise<Suppression[]> => {
  const found = await batchGet(client, tableName, addresses.map(suppressionKey));
  return distinctBy(addresses, (address) => address).flatMap((address): Suppression[] => {
    const item = found.get(keyText(toKey(suppressionKey(address))));
    return item ? [suppressionIn(item, address)] : [];
  });
};

const suppressionIn = (item: Item, address: string): Suppression => ({
  ...fromItem<Omit<Suppression, 'address'>>(item),
  address,
});

const itemOf = ({ address, ...said }: Suppression): Item => toItem(suppressionKey(address), said);

/** How often others may be faster before the whole request comes again. */
const maxRounds = 10;

/** Writes what `next` makes of a suppression, if it still is as it was read then. */
const change = async (
  client: DynamoDBClient,
  TableName: string,
  address: string,
  next: (stored: Suppression | undefined) => Suppression | 'none' | undefined,
): Promise<void> => {
  for (let round = 0; round < maxRounds; round++) {
    const [stored] = await findIn(client, TableName, [address]);
    const wanted = next(stored);
    if (wanted === undefined) return;
    const condition = asRead(stored);
    const isDone =
      wanted === 'none'
        ? await conditionalWrite(
            client,
            { remove: { TableName, Key: toKey(suppressionKey(address)), ...condition } },
            same,
          )
        : await conditionalWrite(client, { put: { TableName, Item: itemOf(wanted), ...condition } }, same);
    if (isDone) return;
  }
  throw new Error('Other writers of a suppression were faster');
};

/** Anyone who meets their own effect reads it, and has nothing more to write. */
const same = (): boolean => false;

const asRead = (stored: Suppression | undefined) => {
  if (!stored) return { ConditionExpression: 'attribute_not_exists(pk)' };
  const isOptional = ['importedBy', 'before'] as const;
  const others = isOptional.map((name) => (stored[name] ? `#${name} = :${name}` : `attribute_not_exists(#${name})`));
  return {
    ConditionExpression: ['reason = :reason', 'since = :since', ...others].join(' AND '),
    ExpressionAttributeNames: Object.fromEntries(isOptional.map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: toValues({
      ':reason': stored.reason,
      ':since': stored.since,
      ':importedBy': stored.importedBy,
      ':before': stored.before,
    }),
  };
};

const byStrength = (one: Suppression, other: Suppression): number =>
  reasonsBelow(other.reason).length - reasonsBelow(one.reason).length;

const suppressionKey = (address: string) => keys.suppression(createHash('sha256').update(address).digest('hex'));
