import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { SQSClient } from '@aws-sdk/client-sqs';

/** The calls that were made since the last reset, and how many of them had to follow one another. */
export interface RoundTrips {
  /** The longest chain of calls of which each began after the one before it had ended. */
  sequential: number;
  /** Command names by their place in that order, from 1. */
  readonly waves: string[][];
  reset(): void;
}

/** Counts how many calls of these clients together follow one another. */
export const countRoundTrips = (
  ...clients: readonly (DynamoDBClient | SQSClient | EventBridgeClient)[]
): RoundTrips => {
  const trips: RoundTrips = {
    sequential: 0,
    waves: [],
    reset: () => {
      trips.sequential = 0;
      trips.waves.length = 0;
    },
  };
  for (const client of clients) {
    (client as DynamoDBClient).middlewareStack.add(
      (next, { commandName = '' }) =>
        async (args) => {
          const wave = trips.sequential + 1;
          trips.waves[wave - 1] = [...(trips.waves[wave - 1] ?? []), commandName.replace(/Command$/, '')].sort();
          const result = await next(args);
          trips.sequential = Math.max(trips.sequential, wave);
          return result;
        },
      { step: 'initialize', name: 'countRoundTrips' },
    );
  }
  return trips;
};
