import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { chunksOf, inParallel } from './parallel.ts';
import { refused, untilDone } from './retry.ts';

/** Messages in one SendMessageBatch call (AWS limit). */
const messagesPerCall = 10;

/** Sends messages as JSON, in parallel calls of ten; those that failed for the moment are sent again, alone. */
export const sendBatch = async (
  client: SQSClient,
  QueueUrl: string,
  bodies: readonly object[],
  delaySeconds?: number,
): Promise<void> => {
  const messages = bodies.map((body, index) => ({
    Id: String(index),
    MessageBody: carriedJsonOf(body),
    ...(delaySeconds !== undefined && { DelaySeconds: delaySeconds }),
  }));
  await inParallel(chunksOf(messages, messagesPerCall), (call) =>
    untilDone(call, async (left) => {
      const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries: [...left] }));
      for (const failure of Failed) if (failure.SenderFault) throw refused(failure);
      const failedIds = new Set(Failed.map(({ Id }) => Id));
      return left.filter(({ Id }) => failedIds.has(Id));
    }),
  );
};

/** JSON writes everything else that Amazon SQS refuses as an escape by itself. */
const carriedJsonOf = (body: object): string =>
  JSON.stringify(body).replace(/[\uFFFE\uFFFF]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`);
