import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { ContactEvent } from '#domain/event.ts';
import type { EventLog } from '#domain/ports.ts';
import { environmentNames } from '#names/environment.ts';
import { table } from '#names/table.ts';
import { batchWrite } from './batch-write.ts';
import { fromEnvironment, lazily } from './connect.ts';
import { dynamodb, tableName as liveTableName } from './dynamodb-client.ts';
import { expiryOf, fromItem, type Item, type Key, toItem, toKey } from './item.ts';
import { indexKeys, keys, shards } from './keys.ts';
import { newestFirst, type SortedList } from './newest-first.ts';
import { queryItems } from './query.ts';
import { patiently } from './retry.ts';

/**
 * Events in the table, by their key value; sharded indexes list them by type and altogether. An event whose key is not
 * the id of its contact is pointed to from there, so that a contact's events can be forgotten.
 */
export const eventLogOn = (
  client: DynamoDBClient,
  tableName: string,
  { retentionDays }: { retentionDays: number },
): EventLog => ({
  append: (events) =>
    batchWrite(client, tableName, {
      put: events.flatMap((event) => {
        const ttl = expiryOf(event.occurredAt, retentionDays);
        const item = toItem({ ...keys.event(event), ...indexKeys.event(event), ttl }, event);
        if (event.keyValue === String(event.contactId)) return [item];
        return [item, toItem({ ...keys.eventOfContact(event), ttl }, { keyValue: event.keyValue })];
      }),
    }),

  has: async (event) => {
    const { Item } = await patiently(() =>
      client.send(
        new GetItemCommand({
          TableName: tableName,
          Key: toKey(keys.event(event)),
          ConsistentRead: true,
          ProjectionExpression: table.partitionKey,
        }),
      ),
    );
    return Item !== undefined;
  },

  list: ({ type, keyValue }, page) =>
    newestFirst<ContactEvent>(
      client,
      tableName,
      listOf({ type, keyValue }),
      page,
      (event) => type === undefined || event.eventTypeKey === type,
    ),

  forget: async (contactId) => {
    const [keyedById, pointers] = await Promise.all([
      itemsIn(client, tableName, keys.eventPartition(String(contactId))),
      itemsIn(client, tableName, keys.eventsOfContact(contactId)),
    ]);
    const own = keyedById.filter((item) => fromItem<ContactEvent>(item).contactId === contactId);
    const others = pointers.map((item) => ({
      pk: keys.eventPartition(fromItem<{ keyValue: string }>(item).keyValue),
      sk: item.sk?.S ?? '',
    }));
    await batchWrite(client, tableName, { remove: [...own.map(keyOf), ...others].map(toKey) });
    // What points to an event goes after it, so that a repeat still finds what a dying function left.
    await batchWrite(client, tableName, { remove: pointers.map(keyOf).map(toKey) });
  },
});

/** The event log of this stage. */
export const eventLog: EventLog = lazily(() =>
  eventLogOn(dynamodb(), liveTableName(), {
    retentionDays: Number(fromEnvironment(environmentNames.eventRetentionDays)),
  }),
);

const itemsIn = (client: DynamoDBClient, TableName: string, partition: string): Promise<Item[]> =>
  queryItems(client, {
    TableName,
    ConsistentRead: true,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': { S: partition } },
  });

const keyOf = ({ pk, sk }: Item): Key => ({ pk: pk?.S ?? '', sk: sk?.S ?? '' });

const listOf = ({ type, keyValue }: { type: string | undefined; keyValue: string | undefined }): SortedList => {
  if (keyValue !== undefined) {
    return { partitionKey: table.partitionKey, sortKey: table.sortKey, partitions: [keys.eventPartition(keyValue)] };
  }
  if (type !== undefined) {
    const partitions = shards.map((shard) => indexKeys.eventsOfType(type, shard));
    return { ...table.byGroup, partitions };
  }
  return { ...table.byTime, partitions: shards.map(indexKeys.events) };
};
