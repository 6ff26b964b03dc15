import * as z from 'zod';
import type { InvocationResult } from '../function/sandbox.ts';
import type { QueueMessage } from '../queue/queue-client.ts';

const partialFailures = z.object({
  batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).nullish(),
});

/**
 * Which messages of a batch are done and which come again, by Lambda's rules: all fail with the function; with
 * ReportBatchItemFailures the named ones do, and all of them if an answer names an unknown one or cannot be read.
 */
export const batchOutcome = (
  messages: readonly QueueMessage[],
  result: InvocationResult,
  reportsFailures: boolean,
): { done: readonly QueueMessage[]; failed: readonly QueueMessage[] } => {
  if (!result.ok) return { done: [], failed: messages };
  if (!reportsFailures) return { done: messages, failed: [] };
  const answer: unknown = JSON.parse(result.result);
  if (answer === null) return { done: messages, failed: [] };
  const parsed = partialFailures.safeParse(answer);
  const names = new Set(parsed.data?.batchItemFailures?.map(({ itemIdentifier }) => itemIdentifier));
  const ids = new Set(messages.map(({ MessageId }) => MessageId));
  if (!parsed.success || ![...names].every((name) => ids.has(name))) return { done: [], failed: messages };
  return {
    done: messages.filter(({ MessageId }) => !names.has(MessageId)),
    failed: messages.filter(({ MessageId }) => names.has(MessageId)),
  };
};
