import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { LeftoverQueue } from '#domain/segments/ports.ts';
import { environmentNames } from '#names/environment.ts';
import { fromEnvironment, lazily } from '../clients/connect.ts';
import { withRetry } from '../clients/retry.ts';
import { sqs } from '../clients/sqs-client.ts';

/** The queue of epochs whose memberships are still to be removed. */
export const leftoverQueueOn = (client: SQSClient, queueUrl: string): LeftoverQueue => ({
  send: async (leftovers, delaySeconds = 0) => {
    const message = { QueueUrl: queueUrl, MessageBody: JSON.stringify(leftovers), DelaySeconds: delaySeconds };
    await withRetry(() => client.send(new SendMessageCommand(message)));
  },
});

/** The queue of leftovers of this stage. */
export const leftoverQueue: LeftoverQueue = lazily(() =>
  leftoverQueueOn(sqs(), fromEnvironment(environmentNames.leftoverQueueUrl)),
);
