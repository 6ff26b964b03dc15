import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { DeadLetterQueue } from '#domain/ports.ts';
import { environmentNames } from '#names/environment.ts';
import { fromEnvironment, lazily } from './connect.ts';
import { patiently } from './retry.ts';
import { sqs } from './sqs-client.ts';

/** The queue where chunks that failed for good wait for a person. */
export const deadLetterQueueOn = (client: SQSClient, queueUrl: string): DeadLetterQueue => ({
  send: async (chunk) => {
    await patiently(() =>
      client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(chunk) })),
    );
  },
});

/** The dead-letter queue of this stage. */
export const deadLetterQueue: DeadLetterQueue = lazily(() =>
  deadLetterQueueOn(sqs(), fromEnvironment(environmentNames.deadLetterQueueUrl)),
);
