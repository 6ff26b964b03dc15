import type { FunctionPlan } from '../function/function.ts';
import { invocationsIn } from '../function/trace.ts';
import type { QueueMessage } from '../queue/queue-client.ts';
import { traceOf } from '../queue/trace-attribute.ts';

/**
 * After so many invocations of a function by one chain of messages, Lambda stops the next one unless the function allows it
 * (developer guide, "Use Lambda recursive loop detection").
 */
export const mostInvocationsOfChain = 16;

/** Messages whose chain may go on, and those of chains that Lambda stops. */
export const splitChains = (messages: readonly QueueMessage[], { name, properties }: FunctionPlan) => {
  if (properties.RecursiveLoop === 'Allow') return { going: messages, stopped: [] };
  const isStopped = (message: QueueMessage) => invocationsIn(traceOf(message) ?? '', name) >= mostInvocationsOfChain;
  return { going: messages.filter((message) => !isStopped(message)), stopped: messages.filter(isStopped) };
};

/** The trace that a batch is invoked with: of its messages, that of the longest chain of the function. */
export const traceOfBatch = (messages: readonly QueueMessage[], functionName: string): string | undefined =>
  messages
    .flatMap((message) => traceOf(message) ?? [])
    .toSorted((one, other) => invocationsIn(other, functionName) - invocationsIn(one, functionName))[0];

/** What is said of chains that were stopped. */
export const stoppedLine = (count: number, functionName: string, deadLetterQueue: string | undefined): string => {
  const end = deadLetterQueue === undefined ? 'they are lost' : `they are in ${deadLetterQueue}`;
  return `[recursion] Lambda stops ${functionName} after ${mostInvocationsOfChain} invocations by one chain of messages, as it does not say RecursiveLoop: Allow; messages stopped: ${count}; ${end}`;
};
