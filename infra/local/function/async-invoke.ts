import { isThrottled } from './account-concurrency.ts';
import type { LocalFunction } from './local-function.ts';

/** What asynchronous invocations need. */
export interface AsyncInvokePorts {
  readonly wait: (seconds: number) => Promise<void>;
  readonly sendToQueue: (queueArn: string, body: string) => Promise<void>;
  /** Shortens Lambda's own delays; for tests. */
  readonly retryAfterSeconds: number | undefined;
}

/** Lambda waits a minute before the second attempt and two before the third. */
const retryDelaysSeconds = [60, 120];
const throttledSeconds = 1;

/**
 * Invokes a function asynchronously as Lambda does: a failed event is tried twice again and then goes to the function's
 * own dead-letter queue. The target of a rule that sent it never hears of this.
 */
export const invokeAsync = async (ports: AsyncInvokePorts, fn: LocalFunction, event: unknown): Promise<void> => {
  for (const delaySeconds of [...retryDelaysSeconds, undefined]) {
    let result = await fn.invoke(event);
    // Lambda keeps what it has no room for, for six hours.
    while (isThrottled(result)) {
      await ports.wait(ports.retryAfterSeconds ?? throttledSeconds);
      result = await fn.invoke(event);
    }
    if (result.ok) return;
    if (delaySeconds !== undefined) await ports.wait(ports.retryAfterSeconds ?? delaySeconds);
  }
  const deadLetterQueue = fn.plan.properties.DeadLetterConfig?.TargetArn;
  if (deadLetterQueue) await ports.sendToQueue(deadLetterQueue, JSON.stringify(event));
};
