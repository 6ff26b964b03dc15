import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { EventOrigin } from '#domain/events/event.ts';
import type { PastEvents } from '#domain/events/ports.ts';
import { table } from '#names/table.ts';
import { lazily } from '../clients/connect.ts';
import { dynamodb, tableName as liveTableName } from '../clients/dynamodb-client.ts';
import { inParallel } from '../clients/parallel.ts';
import { batchWrite } from '../table/batch-write.ts';
import { toKey } from '../table/item.ts';
import { indexKeys, shards } from '../table/keys.ts';
import { eachPage } from '../table/query.ts';
import { asLogged, keysOfEvent } from './event-log.ts';

const origin: EventOrigin = 'history';

/** Past events in the event log: found by its index of all events, which is a moment behind. */
export const pastEventsOn = (client: DynamoDBClient, tableName: string): PastEvents => ({
  remove: async ({ from, to }, isOverdue) => {
    const isDone = await inParallel(shards, async (shard) => {
      const pages = eachPage(client, {
        TableName: tableName,
        IndexName: table.byTime.indexName,
        KeyConditionExpression: '#partition = :partition AND #sort BETWEEN :from AND :to',
        FilterExpression: '#origin = :origin',
        ExpressionAttributeNames: {
          '#partition': table.byTime.partitionKey,
          '#sort': table.byTime.sortKey,
          '#origin': 'origin',
        },
        ExpressionAttributeValues: {
          ':partition': { S: indexKeys.events(shard) },
          ':from': { S: indexKeys.eventsFrom(from) },
          ':to': { S: indexKeys.eventsUntil(to) },
          ':origin': { S: origin },
        },
      });
      for await (const items of pages) {
        await batchWrite(client, tableName, {
          remove: items.flatMap((item) => keysOfEvent(asLogged(item))).map(toKey),
        });
        if (isOverdue()) return false;
      }
      return true;
    });
    return isDone.every(Boolean);
  },
});

/** The past events of this stage. */
export const pastEvents: PastEvents = /* @__PURE__ */ lazily(() => pastEventsOn(dynamodb(), liveTableName()));
