import type { ServiceFaults } from './service-faults.ts';

/** AWS Lambda takes no call while all of an account's concurrency is at work. */
export const lambdaFaults: ServiceFaults = {
  refuse: () => ({
    status: 429,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'TooManyRequestsException' },
    body: JSON.stringify({ message: 'Rate Exceeded.', Reason: 'ConcurrentInvocationLimitExceeded' }),
  }),
  leaveUndone: () => undefined,
};
