import { setTimeout as wait } from 'node:timers/promises';
import { RollcallError } from '#domain/error.ts';

/** Rounds of one piece of work before it is given up as throttled; about three seconds together at the most. */
const maxRounds = 8;
const firstPauseMilliseconds = 50;
const longestPauseMilliseconds = 1_000;

/**
 * Repeats one call, with full-jitter pauses, until it succeeds; `round` counts from 0. A lasting error is thrown as
 * INTERNAL with its cause, a transient one that outlasts every round as THROTTLED.
 */
export const patiently = async <Result>(call: (round: number) => Promise<Result>): Promise<Result> => {
  for (let round = 0; round < maxRounds; round++) {
    if (round > 0) await pause(round);
    try {
      return await call(round);
    } catch (error) {
      if (isTransient(error)) continue;
      throw error instanceof RollcallError ? error : refused(error);
    }
  }
  throw new RollcallError('THROTTLED', 'Too many requests at once; try again later');
};

/** Repeats an operation on what it leaves undone, as `patiently` does; `attempt` returns the rest. */
export const untilDone = async <Work>(
  work: readonly Work[],
  attempt: (work: readonly Work[], round: number) => Promise<readonly Work[]>,
): Promise<void> => {
  let left = work;
  await patiently(async (round) => {
    if (left.length > 0) left = await attempt(left, round);
    if (left.length > 0) throw new Unfinished();
  });
};

/** Some entries of a batch were throttled. */
class Unfinished extends Error {}

const transientNames = new Set([
  'InternalFailure',
  'InternalServerError',
  'ProvisionedThroughputExceeded',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestTimeout',
  'ServiceUnavailable',
  'SlowDown',
  'Throttling',
  'ThrottlingError',
  'ThrottlingException',
  'TimeoutError',
  'TransactionConflict',
  'TransactionConflictException',
  'TransactionInProgressException',
]);

const transientCodes = new Set(['EAI_AGAIN', 'ECONNABORTED', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT']);

/** Whether an error code of one entry of a batch goes away by itself. */
export const isTransientCode = (code: string | undefined): boolean => code !== undefined && transientNames.has(code);

/** An error of an entry or a call that no repetition mends: 500 to the caller, the cause to the log. */
export const refused = (cause: unknown): RollcallError => {
  const error = new RollcallError('INTERNAL', 'The store refused a request');
  error.cause = cause;
  return error;
};

const isTransient = (error: unknown): boolean => {
  if (error instanceof Unfinished) return true;
  if (!(error instanceof Error) || error instanceof RollcallError) return false;
  const { code, $metadata, $retryable } = error as Error & {
    code?: string;
    $metadata?: { httpStatusCode?: number };
    $retryable?: unknown;
  };
  return (
    transientNames.has(error.name) ||
    (code !== undefined && transientCodes.has(code)) ||
    $retryable !== undefined ||
    ($metadata?.httpStatusCode ?? 0) >= 500
  );
};

const pause = (round: number): Promise<void> =>
  wait(Math.random() * Math.min(longestPauseMilliseconds, firstPauseMilliseconds * 2 ** round));
