import type { FailedUploadQueue } from '#domain/files/ports.ts';
import type { ChunkQueue } from '#domain/imports/ports.ts';
import { environmentNames } from '#names/environment.ts';
import { fromEnvironment, lazily } from '../clients/connect.ts';
import { sendBatch } from '../clients/send-batch.ts';
import { sqs } from '../clients/sqs-client.ts';
import { chunkQueueOn } from '../imports/chunk-queue.ts';

/** The queue of chunks that are given up. */
export const failedChunkQueue: ChunkQueue = lazily(() =>
  chunkQueueOn(sqs(), fromEnvironment(environmentNames.failedChunkQueueUrl)),
);

/** The queue of files that are given up. */
export const failedUploadQueue: FailedUploadQueue = lazily(() => {
  const queueUrl = fromEnvironment(environmentNames.failedUploadQueueUrl);
  return { send: (failed) => sendBatch(sqs(), queueUrl, [failed]) };
});
