import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { ErasureQueue } from '#domain/erasure/ports.ts';
import { environmentNames } from '#names/environment.ts';
import { fromEnvironment, lazily } from '../clients/connect.ts';
import { chunksOf, inParallel } from '../clients/parallel.ts';
import { withRetry } from '../clients/retry.ts';
import { sqs } from '../clients/sqs-client.ts';

/** The queue of erasures whose traces are still to be wiped. */
export const erasureQueueOn = (client: SQSClient, queueUrl: string): ErasureQueue => ({
  send: async ({ erasures, ...work }, delaySeconds = 0) => {
    await inParallel(chunksOf(erasures, erasuresPerMessage), (some) => {
      const MessageBody = JSON.stringify({ erasures: some, ...work });
      const message = new SendMessageCommand({ QueueUrl: queueUrl, MessageBody, DelaySeconds: delaySeconds });
      return withRetry(() => client.send(message));
    });
  },
});

/** A contact has 45 fingerprints at most, so that so many fit the 256 KB of a message (an AWS SQS limit). */
const erasuresPerMessage = 50;

/** The erasure queue of this stage. */
export const erasureQueue: ErasureQueue = lazily(() =>
  erasureQueueOn(sqs(), fromEnvironment(environmentNames.erasureQueueUrl)),
);
