import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { ChunkQueue } from '#domain/ports.ts';
import { environmentNames } from '#names/environment.ts';
import { fromEnvironment, lazily } from './connect.ts';
import { chunksOf, inParallel } from './parallel.ts';
import { refused, untilDone } from './retry.ts';
import { sqs } from './sqs-client.ts';

/** Messages in one SendMessageBatch call (AWS limit). */
const messagesPerCall = 10;

/** The queue of chunks to import; messages that failed for the moment are sent again, alone. */
export const chunkQueueOn = (client: SQSClient, queueUrl: string): ChunkQueue => ({
  send: async (chunks) => {
    const messages = chunks.map((chunk, index) => ({ Id: String(index), MessageBody: JSON.stringify(chunk) }));
    await inParallel(chunksOf(messages, messagesPerCall), (call) =>
      untilDone(call, async (left) => {
        const { Failed = [] } = await client.send(
          new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: [...left] }),
        );
        for (const failure of Failed) if (failure.SenderFault) throw refused(failure);
        const failedIds = new Set(Failed.map(({ Id }) => Id));
        return left.filter(({ Id }) => failedIds.has(Id));
      }),
    );
  },
});

/** The chunk queue of this stage. */
export const chunkQueue: ChunkQueue = lazily(() =>
  chunkQueueOn(sqs(), fromEnvironment(environmentNames.chunkQueueUrl)),
);
