import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { DeadLetterQueue } from '#domain/dead-letter-queue.ts';
import { environmentNames } from '#names/environment.ts';
import { fromEnvironment, lazily } from './connect.ts';
import { withRetry } from './retry.ts';
import { sqs } from './sqs-client.ts';

/** The queue where failed work waits for an engineer. */
export const deadLetterQueueOn = (client: SQSClient, queueUrl: string): DeadLetterQueue<object> => ({
  send: async (message) => {
    await withRetry(() =>
      client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(message) })),
    );
  },
});

/** The dead-letter queue of this function. */
export const deadLetterQueue: DeadLetterQueue<object> = lazily(() =>
  deadLetterQueueOn(sqs(), fromEnvironment(environmentNames.deadLetterQueueUrl)),
);
