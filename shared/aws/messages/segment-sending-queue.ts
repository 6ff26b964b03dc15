import type { SQSClient } from '@aws-sdk/client-sqs';
import type { SegmentSendingQueue } from '#domain/segments/segment-sending.ts';
import { environmentNames } from '#names/environment.ts';
import { fromEnvironment, lazily } from '../clients/connect.ts';
import { sendBatch } from '../clients/send-batch.ts';
import { sqs } from '../clients/sqs-client.ts';

/** The queue of sendings that are to continue. */
export const segmentSendingQueueOn = (client: SQSClient, queueUrl: string): SegmentSendingQueue => ({
  send: (work) => sendBatch(client, queueUrl, [work]),
});

/** The queue of sendings of this stage. */
export const segmentSendingQueue: SegmentSendingQueue = lazily(() =>
  segmentSendingQueueOn(sqs(), fromEnvironment(environmentNames.segmentSendingQueueUrl)),
);
