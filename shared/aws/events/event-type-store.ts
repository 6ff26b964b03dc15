import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { EventType } from '#domain/events/event-type.ts';
import type { EventTypeStore } from '#domain/events/ports.ts';
import { lazily } from '../clients/connect.ts';
import { dynamodb, tableName as liveTableName } from '../clients/dynamodb-client.ts';
import { batchWrite } from '../table/batch-write.ts';
import { conditionalWrite } from '../table/conditional-write.ts';
import { fromItem, toItem, toKey } from '../table/item.ts';
import { keys } from '../table/keys.ts';
import { itemsOfPartition } from '../table/query.ts';

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
export const eventTypes: EventTypeStore = /* @__PURE__ */ lazily(() => eventTypeStore(dynamodb(), liveTableName()));
