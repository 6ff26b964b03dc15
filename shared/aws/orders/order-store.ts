import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Order, OrderContent } from '#domain/orders/order.ts';
import type { OrderStore, OrderWrite, StoredOrder } from '#domain/orders/ports.ts';
import { table } from '#names/table.ts';
import { lazily } from '../clients/connect.ts';
import { dynamodb, tableName as liveTableName } from '../clients/dynamodb-client.ts';
import { inParallel } from '../clients/parallel.ts';
import { batchGet } from '../table/batch-get.ts';
import { batchInsert } from '../table/batch-insert.ts';
import { batchWrite } from '../table/batch-write.ts';
import { conditionalWrite } from '../table/conditional-write.ts';
import { fromItem, type Item, keyOf, keyText, toItem, toKey, toValues } from '../table/item.ts';
import { keys } from '../table/keys.ts';
import { newestFirst } from '../table/newest-first.ts';
import { itemsOfPartition } from '../table/query.ts';
import { leaseFrom } from '../table/sequence.ts';

/**
 * Orders by their externalOrderId, pointed to from their contacts. The pointer is written before the order and removed
 * after it, so that erasing a contact finds every order. A reader leaves out pointers whose order does not exist, or
 * belongs to another contact since.
 */
export const orderStoreOn = (client: DynamoDBClient, tableName: string): OrderStore => {
  const read = async (externalOrderIds: readonly string[]): Promise<Map<string, Order>> => {
    const found = await batchGet(client, tableName, externalOrderIds.map(keys.order));
    return new Map([...found.values()].map(asOrder).map((order) => [order.content.externalOrderId, order]));
  };

  return {
    leaseIds: (count) => leaseFrom(client, tableName, 'order', count),

    find: async (externalOrderIds) => {
      const wanted = [...externalOrderIds.map(keys.order), ...externalOrderIds.map(keys.orderPublished)];
      const found = await batchGet(client, tableName, wanted);
      return externalOrderIds.flatMap((externalOrderId): StoredOrder[] => {
        const item = found.get(keyText(toKey(keys.order(externalOrderId))));
        if (!item) return [];
        const order = asOrder(item);
        const note = found.get(keyText(toKey(keys.orderPublished(externalOrderId))));
        const published = note && fromItem<Pick<Order, 'id' | 'version'>>(note);
        return [{ order, ...(published?.id === order.id && { publishedVersion: published.version }) }];
      });
    },

    write: async (writes) => {
      await batchWrite(client, tableName, { put: writes.map(({ order }) => pointerTo(order)) });
      const added = writes.filter(({ before }) => !before);
      const changed = writes.filter(({ before }) => before);
      const [inserted, replaced] = await Promise.all([
        batchInsert(
          client,
          tableName,
          added.map(({ order }) => itemOf(order)),
          isSameWrite,
        ),
        inParallel(changed, (write) => replace(client, tableName, write)),
      ]);
      const verdicts = new Map([
        ...added.map((write, index) => [write, inserted[index] === true] as const),
        ...changed.map((write, index) => [write, replaced[index] === true] as const),
      ]);
      return writes.map((write) => verdicts.get(write) === true);
    },

    notePublished: (orders) =>
      batchWrite(client, tableName, {
        put: orders.map(({ id, version, content }) =>
          toItem(keys.orderPublished(content.externalOrderId), { id, version }),
        ),
      }),

    listOf: async (contactId, page) => {
      const list = { partitionKey: table.partitionKey, sortKey: table.sortKey, partitions: [keys.ordersOf(contactId)] };
      const { items: pointers, ...rest } = await newestFirst<Pointer>(client, tableName, list, page);
      const orders = await read(pointers.map(({ externalOrderId }) => externalOrderId));
      const items = pointers.flatMap(({ id, externalOrderId }): Order[] => {
        const order = orders.get(externalOrderId);
        return order?.id === id && order.contactId === contactId ? [order] : [];
      });
      return { ...rest, items };
    },

    forget: async (contactId) => {
      const pointers = await itemsOfPartition(client, tableName, keys.ordersOf(contactId));
      const ids = [...new Set(pointers.map((item) => fromItem<Pointer>(item).externalOrderId))];
      await inParallel(ids, (externalOrderId) => remove(client, tableName, externalOrderId, contactId));
      await batchWrite(client, tableName, { remove: pointers.map(keyOf).map(toKey) });
    },
  };
};

/** The orders of this stage. */
export const orders: OrderStore = /* @__PURE__ */ lazily(() => orderStoreOn(dynamodb(), liveTableName()));

/** What points to an order from its contact. */
interface Pointer {
  readonly id: number;
  readonly externalOrderId: string;
}

const pointerTo = ({ id, contactId, content: { externalOrderId } }: Order): Item =>
  toItem(keys.orderOf(contactId, id), { id, externalOrderId });

/** The content as text: what callers add to an order is whatever JSON can hold, which is more than an attribute can. */
const itemOf = ({ content, ...order }: Order): Item =>
  toItem(keys.order(content.externalOrderId), { ...order, content: JSON.stringify(content) });

const asOrder = (item: Item): Order => {
  const { content, ...order } = fromItem<Omit<Order, 'content'> & { content: string }>(item);
  return { ...order, content: JSON.parse(content) as OrderContent };
};

/** The same version of the same order by the same request: written by us, and not changed since. */
const isSameWrite = (stored: Item, item: Item): boolean =>
  stored.id?.N === item.id?.N && stored.version?.N === item.version?.N && stored.updatedBy?.S === item.updatedBy?.S;

const replace = (client: DynamoDBClient, TableName: string, { order, before }: OrderWrite): Promise<boolean> =>
  conditionalWrite(
    client,
    {
      put: {
        TableName,
        Item: itemOf(order),
        ConditionExpression: 'id = :id AND #version = :version',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: toValues({ ':id': order.id, ':version': before?.version }),
      },
    },
    ({ existing }) => Boolean(existing && isSameWrite(existing, itemOf(order))),
  );

/** Removes an order, if it is still this contact's, and then the note on it. */
const remove = async (
  client: DynamoDBClient,
  TableName: string,
  externalOrderId: string,
  contactId: number,
): Promise<void> => {
  const isRemoved = await conditionalWrite(
    client,
    {
      remove: {
        TableName,
        Key: toKey(keys.order(externalOrderId)),
        ConditionExpression: 'contactId = :contactId',
        ExpressionAttributeValues: toValues({ ':contactId': contactId }),
      },
    },
    ({ existing }) => existing === undefined,
  );
  if (isRemoved) await batchWrite(client, TableName, { remove: [toKey(keys.orderPublished(externalOrderId))] });
};
