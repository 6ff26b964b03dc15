import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { PredictionQueue } from '#domain/imports/ports.ts';
import { environmentNames } from '#names/environment.ts';
import { fromEnvironment, lazily } from '../clients/connect.ts';
import { withRetry } from '../clients/retry.ts';
import { sqs } from '../clients/sqs-client.ts';

/** The queue of dry runs. */
export const predictionQueueOn = (client: SQSClient, queueUrl: string): PredictionQueue => ({
  send: async (message) => {
    await withRetry(() =>
      client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(message) })),
    );
  },
});

/** The queue of dry runs of this stage. */
export const predictionQueue: PredictionQueue = lazily(() =>
  predictionQueueOn(sqs(), fromEnvironment(environmentNames.predictionQueueUrl)),
);
