import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { DeadLetterReader, DeadLetters } from '#domain/counts/ports.ts';
import { json, variable } from '#shared/environment.ts';
import { lazily } from '../clients/connect.ts';
import { inParallel } from '../clients/parallel.ts';
import { withRetry } from '../clients/retry.ts';
import { sqs } from '../clients/sqs-client.ts';

/** A queue of messages that were given up, and who is called for it. */
type WatchedQueue = Omit<DeadLetters, 'waiting'>;

/** Queues of one stage, at addresses that begin alike. */
export const deadLetterReader = (
  client: SQSClient,
  { origin, queues }: { readonly origin: string; readonly queues: readonly WatchedQueue[] },
): DeadLetterReader => ({
  list: () =>
    inParallel(queues, async (queue) => {
      const { Attributes } = await withRetry(() =>
        client.send(
          new GetQueueAttributesCommand({
            QueueUrl: origin + queue.queue,
            AttributeNames: ['ApproximateNumberOfMessages'],
          }),
        ),
      );
      return { ...queue, waiting: Number(Attributes?.ApproximateNumberOfMessages ?? 0) };
    }),
});

const deadLetterQueues =
  /* @__PURE__ */ json<readonly (readonly [queue: string, alarm: string, runbook: string])[]>('deadLetterQueues');

const queueUrl = /* @__PURE__ */ variable('deadLetterQueueUrl');

/** Those of this stage. */
export const deadLetters: DeadLetterReader = /* @__PURE__ */ lazily(() =>
  deadLetterReader(sqs(), {
    origin: queueUrl().slice(0, queueUrl().lastIndexOf('/') + 1),
    queues: deadLetterQueues().map(([queue, alarm, runbook]) => ({ queue, alarm, runbook })),
  }),
);
