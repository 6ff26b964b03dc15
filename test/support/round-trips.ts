import { setImmediate } from 'node:timers/promises';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { SQSClient } from '@aws-sdk/client-sqs';

/** The calls that were made since the last reset, and how many of them had to follow one another. */
export interface RoundTrips {
  /** The longest chain of calls of which each began after the one before it had ended. */
  readonly sequential: number;
  /** Command names by their place in that order, from 1. */
  readonly waves: string[][];
  reset(): void;
}

/**
 * Counts how many calls of these clients together follow one another. All calls of a wave begin together and end
 * together, as if each took equally long, so that the count does not depend on how busy this machine is.
 */
export const countRoundTrips = (
  ...clients: readonly (DynamoDBClient | SQSClient | EventBridgeClient)[]
): RoundTrips => {
  const waves: string[][] = [];
  const inWave = lockstep((names) => waves.push(names.sort()));
  for (const client of clients) {
    (client as DynamoDBClient).middlewareStack.add(
      (next, { commandName = '' }) =>
        (args) =>
          inWave(commandName.replace(/Command$/, ''), () => next(args)),
      { step: 'initialize', name: 'countRoundTrips' },
    );
  }
  return {
    get sequential() {
      return waves.length;
    },
    waves,
    reset: () => {
      waves.length = 0;
    },
  };
};

/** How often a turn passes to what the calls of the wave before have set going, until no more calls join the next. */
const turnsToSettle = 20;

/** Runs calls wave by wave: those that are asked for while a wave runs wait until all of it has ended. */
const lockstep = (note: (names: string[]) => void) => {
  let asked: { readonly name: string; begin(ended: Promise<void>): Promise<unknown> }[] = [];
  let isRunning = false;

  const run = async () => {
    isRunning = true;
    while (asked.length > 0) {
      for (let turn = 0; turn < turnsToSettle; turn++) await setImmediate();
      const wave = asked;
      asked = [];
      note(wave.map(({ name }) => name));
      const { promise: ended, resolve: end } = Promise.withResolvers<void>();
      await Promise.allSettled(wave.map(({ begin }) => begin(ended)));
      end();
      for (let turn = 0; turn < turnsToSettle; turn++) await setImmediate();
    }
    isRunning = false;
  };

  return <Result>(name: string, call: () => Promise<Result>): Promise<Result> =>
    new Promise((resolve) => {
      const begin = (ended: Promise<void>) => {
        const called = call();
        resolve(called.finally(() => ended));
        return called;
      };
      asked.push({ name, begin });
      if (!isRunning) void run();
    });
};
