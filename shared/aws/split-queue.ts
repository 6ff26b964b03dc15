import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { SplitQueue } from '#domain/upload-ports.ts';
import { environmentNames } from '#names/environment.ts';
import { fromEnvironment, lazily } from './connect.ts';
import { patiently } from './retry.ts';
import { sqs } from './sqs-client.ts';

/** The queue of files that wait to be cut into chunks. */
export const splitQueueOn = (client: SQSClient, queueUrl: string): SplitQueue => ({
  send: async (message) => {
    await patiently(() =>
      client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(message) })),
    );
  },
});

/** The split queue of this stage. */
export const splitQueue: SplitQueue = lazily(() =>
  splitQueueOn(sqs(), fromEnvironment(environmentNames.splitQueueUrl)),
);
