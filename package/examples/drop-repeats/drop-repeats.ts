import { type AttributeValue, DeleteItemCommand, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';

/** Remembers which events were worked on. */
export interface EventMemory {
  /** Whether this is the first to work on an event now: nobody finished it, and nobody else is at it. */
  begin(eventId: string): Promise<boolean>;
  /** Remembers that an event was worked on. */
  finish(eventId: string): Promise<void>;
  /** Lets the next delivery try again. */
  giveUp(eventId: string): Promise<void>;
}

/**
 * Does the work of an event once, however often the event comes. If the work fails, the next delivery does it again; if the
 * function dies half way, a delivery after the hold does. So the work itself should bear being begun twice.
 */
export const dropRepeats = async (memory: EventMemory, eventId: string, work: () => Promise<void>): Promise<void> => {
  if (!(await memory.begin(eventId))) return;
  try {
    await work();
  } catch (error) {
    await memory.giveUp(eventId);
    throw error;
  }
  await memory.finish(eventId);
};

/** How long one delivery holds an event: longer than its function may run. */
const holdSeconds = 60;

/** How long a finished event is remembered: EventBridge delivers for a day, and Lambda tries again for six hours. */
const memorySeconds = 7 * 24 * 3600;

/** A memory in a table with the key `eventId` (text) and the time to live `ttl`. */
export const memoryIn = (client: DynamoDBClient, TableName: string, now = Date.now): EventMemory => {
  const put = (eventId: string, seconds: number, onlyIfFree: boolean) => {
    const time = Math.floor(now() / 1000);
    const Item: Record<string, AttributeValue> = { eventId: { S: eventId }, ttl: { N: String(time + seconds) } };
    const condition = {
      ConditionExpression: 'attribute_not_exists(eventId) OR #ttl < :now',
      ExpressionAttributeNames: { '#ttl': 'ttl' },
      ExpressionAttributeValues: { ':now': { N: String(time) } },
    };
    return client.send(new PutItemCommand({ TableName, Item, ...(onlyIfFree && condition) }));
  };
  return {
    begin: async (eventId) => {
      try {
        await put(eventId, holdSeconds, true);
        return true;
      } catch (error) {
        if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false;
        throw error;
      }
    },
    finish: async (eventId) => {
      await put(eventId, memorySeconds, false);
    },
    giveUp: async (eventId) => {
      await client.send(new DeleteItemCommand({ TableName, Key: { eventId: { S: eventId } } }));
    },
  };
};
