import { setTimeout as wait } from 'node:timers/promises';
import { RollcallError } from '#domain/error.ts';

/** Attempts in a row without any progress before work is given up as throttled; about four seconds together. */
const maxRounds = 12;
const firstPauseMilliseconds = 25;
const longestPauseMilliseconds = 1_000;

/**
 * Repeats one call, with full-jitter pauses, until it succeeds; `round` counts from 0. A lasting error is thrown as
 * INTERNAL with its cause, a transient one that outlasts every round as THROTTLED.
 */
export const withRetry = async <Result>(call: (round: number) => Promise<Result>): Promise<Result> => {
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

/** Repeats an operation on what it leaves undone, as `withRetry` does for as long as there is progress. */
export const untilDone = async <Work>(
  work: readonly Work[],
  attempt: (work: readonly Work[]) => Promise<readonly Work[]>,
): Promise<void> => {
  let left = work;
  while (left.length > 0) {
    if (left !== work) await pause(1);
    left = await withRetry(async () => {
      const rest = await attempt(left);
      if (rest.length === left.length) throw new Unfinished();
      return rest;
    });
  }
};

/** Every entry of a batch was throttled. */
class Unfinished extends Error {}

const transientNames = new Set([
  // Step Functions has as many executions open as it can: others end.
  'ExecutionLimitExceeded',
  'InternalError',
  'InternalException',
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
  'TooManyRequestsException',
  'TransactionConflict',
  'TransactionConflictException',
  'TransactionInProgressException',
]);

const transientCodes = new Set(['EAI_AGAIN', 'ECONNABORTED', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT']);

/** Whether an error code of one entry of a batch goes away by itself. */
export const isTransientCode = (code: string | undefined): boolean => code !== undefined && transientNames.has(code);

/** An error of an entry or a call that no repetition changes: 500 to the caller, the cause to the log. */
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
