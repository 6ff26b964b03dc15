import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ContactEvent } from '#domain/event.ts';
import type { EventLog } from '#domain/ports.ts';
import { environmentNames } from '#names/environment.ts';
import { table } from '#names/table.ts';
import { batchWrite } from './batch-write.ts';
import { fromEnvironment, lazily } from './connect.ts';
import { dynamodb, tableName as liveTableName } from './dynamodb-client.ts';
import { expiryOf, toItem } from './item.ts';
import { indexKeys, keys, shards } from './keys.ts';
import { newestFirst, type SortedList } from './newest-first.ts';

/** Events in the table, by their key value; sharded indexes list them by type and altogether. */
export const eventLogOn = (
  client: DynamoDBClient,
  tableName: string,
  { retentionDays }: { retentionDays: number },
): EventLog => ({
  append: (events) =>
    batchWrite(client, tableName, {
      put: events.map((event) =>
        toItem(
          { ...keys.event(event), ...indexKeys.event(event), ttl: expiryOf(event.occurredAt, retentionDays) },
          event,
        ),
      ),
    }),

  list: ({ type, keyValue }, page) =>
    newestFirst<ContactEvent>(
      client,
      tableName,
      listOf({ type, keyValue }),
      page,
      (event) => type === undefined || event.eventTypeKey === type,
    ),
});

/** The event log of this stage. */
export const eventLog: EventLog = lazily(() =>
  eventLogOn(dynamodb(), liveTableName(), {
    retentionDays: Number(fromEnvironment(environmentNames.eventRetentionDays)),
  }),
);

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
