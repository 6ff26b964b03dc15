import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { FetchQueue } from '#domain/files/fetch-ports.ts';
import { environmentNames } from '#names/environment.ts';
import { fromEnvironment, lazily } from '../clients/connect.ts';
import { withRetry } from '../clients/retry.ts';
import { sqs } from '../clients/sqs-client.ts';

/** The queue of files that wait to be fetched. */
export const fetchQueueOn = (client: SQSClient, queueUrl: string): FetchQueue => ({
  send: async (message) => {
    await withRetry(() =>
      client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(message) })),
    );
  },
});

/** The fetch queue of this stage. */
export const fetchQueue: FetchQueue = lazily(() =>
  fetchQueueOn(sqs(), fromEnvironment(environmentNames.fetchQueueUrl)),
);
