import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { SubscriptionQueue } from '#domain/subscriptions/ports.ts';
import { environmentNames } from '#names/environment.ts';
import { fromEnvironment, lazily } from '../clients/connect.ts';
import { withRetry } from '../clients/retry.ts';
import { sqs } from '../clients/sqs-client.ts';

/** The queue of subscriptions to check; the queue itself holds each message back for a while. */
export const subscriptionQueueOn = (client: SQSClient, queueUrl: string): SubscriptionQueue => ({
  send: async (promised) => {
    await withRetry(() =>
      client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(promised) })),
    );
  },
});

/** The subscription queue of this stage. */
export const subscriptionQueue: SubscriptionQueue = lazily(() =>
  subscriptionQueueOn(sqs(), fromEnvironment(environmentNames.subscriptionQueueUrl)),
);
