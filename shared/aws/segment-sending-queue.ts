import type { SQSClient } from '@aws-sdk/client-sqs';
import type { SegmentSendingQueue } from '#domain/segment-sending.ts';
import { environmentNames } from '#names/environment.ts';
import { fromEnvironment, lazily } from './connect.ts';
import { sendBatch } from './send-batch.ts';
import { sqs } from './sqs-client.ts';

/** The queue of sendings that go on. */
export const segmentSendingQueueOn = (client: SQSClient, queueUrl: string): SegmentSendingQueue => ({
  send: (work) => sendBatch(client, queueUrl, [work]),
});

/** The queue of sendings of this stage. */
export const segmentSendingQueue: SegmentSendingQueue = lazily(() =>
  segmentSendingQueueOn(sqs(), fromEnvironment(environmentNames.segmentSendingQueueUrl)),
);
