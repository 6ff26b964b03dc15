import type { InvocationResult } from './sandbox.ts';

/** How many functions run at once, of all together. */
export interface AccountConcurrency {
  /** Whether one more may run now; if it may, it has to be given back. */
  take(): boolean;
  giveBack(): void;
}

/** The concurrency of an account; without a number, whatever comes runs. */
export const accountConcurrency = (most = Number.POSITIVE_INFINITY): AccountConcurrency => {
  let running = 0;
  return {
    take: () => {
      if (running >= most) return false;
      running++;
      return true;
    },
    giveBack: () => {
      running--;
    },
  };
};

const errorType = 'TooManyRequestsException';

/** What AWS Lambda answers while all of the account's concurrency is at work (API reference, "Invoke"). */
export const throttled: InvocationResult = { ok: false, error: { errorType, errorMessage: 'Rate Exceeded.' } };

/** Whether a function was not even invoked, as there was no room for it. */
export const isThrottled = (result: InvocationResult): boolean => !result.ok && result.error.errorType === errorType;
