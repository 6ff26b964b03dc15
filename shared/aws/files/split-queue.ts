import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { SplitQueue } from '#domain/files/ports.ts';
import { environmentNames } from '#names/environment.ts';
import { fromEnvironment, lazily } from '../clients/connect.ts';
import { withRetry } from '../clients/retry.ts';
import { sqs } from '../clients/sqs-client.ts';

/** The queue of files that wait to be cut into chunks. */
export const splitQueueOn = (client: SQSClient, queueUrl: string): SplitQueue => ({
  send: async (message) => {
    await withRetry(() =>
      client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(message) })),
    );
  },
});

/** The split queue of this stage. */
export const splitQueue: SplitQueue = lazily(() =>
  splitQueueOn(sqs(), fromEnvironment(environmentNames.splitQueueUrl)),
);
