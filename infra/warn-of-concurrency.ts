import { Annotations, type Stack } from 'aws-cdk-lib';
import { QueueWithFunction } from './constructs/queue-with-function.ts';
import { leastConcurrency } from './queue-concurrency.ts';
import type { Settings } from './settings.ts';

/** How many functions the queues of a stack may have at work at once, all together. */
export const concurrencyOfQueues = (stack: Stack): number =>
  stack.node
    .findAll()
    .filter((one) => one instanceof QueueWithFunction)
    .reduce((sum, { maxConcurrency }) => sum + maxConcurrency, 0);

/** Has the deployment say when its queues together may take more than the account has. */
export const warnOfConcurrency = (stack: Stack, { accountConcurrency }: Settings): void => {
  const sum = concurrencyOfQueues(stack);
  if (sum <= accountConcurrency) return;
  Annotations.of(stack).addWarningV2(
    'rollcall:concurrency',
    `The queues of this stage may have ${sum} functions at work at once, ${leastConcurrency} each at least, and the setting accountConcurrency says that the account allows ${accountConcurrency}. While that many are busy, callers get 503. A higher quota costs nothing: ask for it in Service Quotas (Lambda, "Concurrent executions") and set accountConcurrency to it.`,
  );
};
