import { randomUUID } from 'node:crypto';
import type { LocalFunction } from './local-function.ts';
import type { InvocationResult } from './sandbox.ts';

/** How an asynchronous invocation is repeated and where it goes at last. */
export interface AsyncInvokePorts {
  readonly wait: (seconds: number) => Promise<void>;
  readonly sendToQueue: (queueArn: string, body: string) => Promise<void>;
  /** Shortens Lambda's own delays; for tests. */
  readonly retryAfterSeconds: number | undefined;
}

/** Lambda waits a minute before the second attempt and two before the third. */
const retryDelaysSeconds = [60, 120];

/**
 * Invokes a function asynchronously as Lambda does: a failed event is tried again, twice by default, and then goes to
 * the function's own destination or dead-letter queue. The target of a rule that sent it never hears of this.
 */
export const invokeAsync = async (ports: AsyncInvokePorts, fn: LocalFunction, event: unknown): Promise<void> => {
  const attempts = 1 + (fn.plan.eventInvoke?.MaximumRetryAttempts ?? retryDelaysSeconds.length);
  const requestId = randomUUID();
  for (let attempt = 1; ; attempt += 1) {
    const result = await fn.invoke(event);
    if (result.ok) return;
    if (attempt >= attempts) return giveUp(ports, fn, { event, requestId, attempts, result });
    await ports.wait(ports.retryAfterSeconds ?? retryDelaysSeconds[attempt - 1] ?? 120);
  }
};

interface Failed {
  readonly event: unknown;
  readonly requestId: string;
  readonly attempts: number;
  readonly result: InvocationResult & { ok: false };
}

const giveUp = async (ports: AsyncInvokePorts, fn: LocalFunction, failed: Failed): Promise<void> => {
  const destination = fn.plan.eventInvoke?.DestinationConfig?.OnFailure?.Destination;
  const deadLetterQueue = fn.plan.properties.DeadLetterConfig?.TargetArn;
  if (destination) await ports.sendToQueue(destination, JSON.stringify(failureRecord(fn.name, failed)));
  if (deadLetterQueue) await ports.sendToQueue(deadLetterQueue, JSON.stringify(failed.event));
};

const failureRecord = (functionName: string, { event, requestId, attempts, result }: Failed) => ({
  version: '1.0',
  timestamp: new Date().toISOString(),
  requestContext: {
    requestId,
    functionArn: functionName,
    condition: 'RetriesExhausted',
    approximateInvokeCount: attempts,
  },
  requestPayload: event,
  responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
  responsePayload: result.error,
});
