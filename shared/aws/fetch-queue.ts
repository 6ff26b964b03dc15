import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { FetchQueue } from '#domain/fetch-ports.ts';
import { environmentNames } from '#names/environment.ts';
import { fromEnvironment, lazily } from './connect.ts';
import { patiently } from './retry.ts';
import { sqs } from './sqs-client.ts';

/** The queue of files that wait to be fetched. */
export const fetchQueueOn = (client: SQSClient, queueUrl: string): FetchQueue => ({
  send: async (message) => {
    await patiently(() =>
      client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(message) })),
    );
  },
});

/** The fetch queue of this stage. */
export const fetchQueue: FetchQueue = lazily(() =>
  fetchQueueOn(sqs(), fromEnvironment(environmentNames.fetchQueueUrl)),
);
