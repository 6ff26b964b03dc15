import type { SQSClient } from '@aws-sdk/client-sqs';
import type { MessageQueue } from '#domain/messages/ports.ts';
import { environmentNames } from '#names/environment.ts';
import { fromEnvironment, lazily } from '../clients/connect.ts';
import { sendBatch } from '../clients/send-batch.ts';
import { sqs } from '../clients/sqs-client.ts';

/** The queue of messages to send, which names them and says nothing of what is in them. */
export const messageQueueOn = (client: SQSClient, queueUrl: string): MessageQueue => ({
  send: (requestIds) =>
    sendBatch(
      client,
      queueUrl,
      requestIds.map((requestId) => ({ requestId })),
    ),
});

/** The message queue of this stage. */
export const messageQueue: MessageQueue = lazily(() =>
  messageQueueOn(sqs(), fromEnvironment(environmentNames.messageQueueUrl)),
);
