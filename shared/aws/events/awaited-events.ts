import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { AwaitedEvents, Expectation, HeardEvent } from '#domain/workflows/ports.ts';
import { lazily } from '../clients/connect.ts';
import { dynamodb, tableName as liveTableName } from '../clients/dynamodb-client.ts';
import { inParallel } from '../clients/parallel.ts';
import { withRetry } from '../clients/retry.ts';
import { batchWrite } from '../table/batch-write.ts';
import { conditionalWrite } from '../table/conditional-write.ts';
import { fromItem, type Item, toItem, toKey, toValues } from '../table/item.ts';
import { keys } from '../table/keys.ts';
import { queryItems } from '../table/query.ts';

/** What a run expects: the event, if it came and no run took it yet, and the token of the run that waits for it. */
interface Awaited {
  readonly eventType: string;
  readonly heard?: string;
  readonly token?: string;
  /** The events that steps have taken, by the ids of the steps. */
  readonly taken: Readonly<Record<string, string>>;
}

/** Expectations in a partition for each contact. Both sides of each write to one item, so that neither misses the other. */
export const awaitedEventsOn = (client: DynamoDBClient, TableName: string): AwaitedEvents => {
  const read = async (expectation: Expectation): Promise<Awaited | undefined> => {
    const key = toKey(keys.awaited(expectation));
    const { Item } = await withRetry(() =>
      client.send(new GetItemCommand({ TableName, Key: key, ConsistentRead: true })),
    );
    return Item && fromItem<Awaited>(Item);
  };

  return {
    expect: async (expectation, { since, launchedBy, expiresAt }) => {
      const { runId, eventType } = expectation;
      const keyed = { ...keys.awaited(expectation), ttl: Math.ceil(Date.parse(expiresAt) / 1000) };
      // No event of this id is heard: a run does not wait for what launched it.
      const Item = toItem(keyed, { runId, eventType, since, taken: {}, takenIds: new Set([launchedBy]) });
      const put = { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' };
      await conditionalWrite(client, { put }, () => true);
    },

    hear: async (event) => {
      const expecting = await queryItems(client, {
        TableName,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
        ExpressionAttributeValues: toValues({
          ':pk': keys.awaitedBy(event.contactId),
          ':sk': keys.awaitedPrefix(event.eventType),
        }),
      });
      const own = expecting.filter((item) => fromItem<Awaited>(item).eventType === event.eventType);
      const tokens = await inParallel(own, (item) => hearFor(client, TableName, item, event));
      return tokens.filter((token) => token !== undefined);
    },

    await: async (expectation, token) => {
      const { item } = await update(client, {
        TableName,
        Key: toKey(keys.awaited(expectation)),
        UpdateExpression: 'SET #token = :token',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeNames: { '#token': 'token' },
        ExpressionAttributeValues: toValues({ ':token': token }),
      });
      // A run that is not expected any more waits for nothing.
      return item === undefined || fromItem<Awaited>(item).heard !== undefined;
    },

    take: async (expectation, stepId) => {
      for (;;) {
        const awaited = await read(expectation);
        const taken = awaited?.taken[stepId];
        if (taken !== undefined) return taken;
        if (awaited?.heard === undefined) return undefined;
        const { heard } = awaited;
        const { isWritten } = await update(client, {
          TableName,
          Key: toKey(keys.awaited(expectation)),
          UpdateExpression: 'SET taken.#step = :heard ADD takenIds :heardSet REMOVE heard, #token',
          ConditionExpression: 'heard = :heard',
          ExpressionAttributeNames: { '#step': stepId, '#token': 'token' },
          ExpressionAttributeValues: { ':heard': { S: heard }, ':heardSet': { SS: [heard] } },
        });
        if (isWritten) return heard;
      }
    },

    dismiss: (expectations) =>
      batchWrite(client, TableName, { remove: expectations.map((one) => toKey(keys.awaited(one))) }),
  };
};

/** The expectations of this stage. */
export const awaitedEvents: AwaitedEvents = /* @__PURE__ */ lazily(() => awaitedEventsOn(dynamodb(), liveTableName()));

/** The token of the run that waits for an event, which is noted now, or was by a delivery of it before this one. */
const hearFor = async (
  client: DynamoDBClient,
  TableName: string,
  { pk, sk }: Item,
  { eventId, occurredAt }: HeardEvent,
): Promise<string | undefined> => {
  const { item } = await update(client, {
    TableName,
    Key: toKey({ pk: pk?.S ?? '', sk: sk?.S ?? '' }),
    UpdateExpression: 'SET heard = :event',
    ConditionExpression:
      'attribute_exists(pk) AND attribute_not_exists(heard) AND since <= :occurredAt AND NOT contains(takenIds, :event)',
    ExpressionAttributeValues: toValues({ ':event': eventId, ':occurredAt': occurredAt }),
  });
  const awaited = item && fromItem<Awaited>(item);
  return awaited?.heard === eventId ? awaited.token : undefined;
};

/** Updates an item on a condition; the item as it is afterwards, be it by this update or as it was in the way. */
const update = (
  client: DynamoDBClient,
  input: UpdateItemCommandInput,
): Promise<{ readonly isWritten: boolean; readonly item: Item | undefined }> =>
  withRetry(async () => {
    try {
      const { Attributes } = await client.send(
        new UpdateItemCommand({
          ...input,
          ReturnValues: 'ALL_NEW',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return { isWritten: true, item: Attributes };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return { isWritten: false, item: error.Item };
    }
  });
