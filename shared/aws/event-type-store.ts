import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { EventTypeStore } from '#domain/event-ports.ts';
import type { EventType } from '#domain/event-type.ts';
import { batchWrite } from './batch-write.ts';
import { conditionalWrite } from './conditional-write.ts';
import { lazily } from './connect.ts';
import { dynamodb, tableName as liveTableName } from './dynamodb-client.ts';
import { fromItem, toItem, toKey } from './item.ts';
import { keys } from './keys.ts';
import { itemsOfPartition } from './query.ts';

/** Types of events in one partition, by their keys. */
export const eventTypeStore = (client: DynamoDBClient, tableName: string): EventTypeStore => ({
  list: async () => {
    const items = await itemsOfPartition(client, tableName, keys.eventTypePartition);
    return items.map((item) => fromItem<EventType>(item));
  },

  put: (type) => batchWrite(client, tableName, { put: [toItem(keys.eventType(type.key), type)] }),

  remove: (key) =>
    conditionalWrite(
      client,
      {
        remove: {
          TableName: tableName,
          Key: toKey(keys.eventType(key)),
          ConditionExpression: 'attribute_exists(pk)',
        },
      },
      ({ isRepeat }) => isRepeat,
    ),
});

/** The types of events of this stage. */
export const eventTypes: EventTypeStore = lazily(() => eventTypeStore(dynamodb(), liveTableName()));
