import type { SQSClient } from '@aws-sdk/client-sqs';
import type { ChunkQueue } from '#domain/imports/ports.ts';
import { environmentNames } from '#names/environment.ts';
import { fromEnvironment, lazily } from '../clients/connect.ts';
import { sendBatch } from '../clients/send-batch.ts';
import { sqs } from '../clients/sqs-client.ts';

/** The queue of chunks to import. */
export const chunkQueueOn = (client: SQSClient, queueUrl: string): ChunkQueue => ({
  send: (chunks) => sendBatch(client, queueUrl, chunks),
});

/** The chunk queue of this stage. */
export const chunkQueue: ChunkQueue = lazily(() =>
  chunkQueueOn(sqs(), fromEnvironment(environmentNames.chunkQueueUrl)),
);
