import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Queue } from '#domain/queue.ts';
import { queueUrl } from '#shared/environment.ts';
import { lazily } from './connect.ts';
import { sendBatch } from './send-batch.ts';
import { sqs } from './sqs-client.ts';

/** A queue whose messages are jobs as JSON. */
export const queueOn = <Job extends object>(client: SQSClient, queueUrl: string): Queue<Job> => ({
  send: (jobs, delaySeconds) => sendBatch(client, queueUrl, jobs, delaySeconds),
});

/** What is defined of a queue: its name within the stage, and what its messages are read to. */
interface Defined<Job> {
  readonly name: string;
  readonly read: (body: unknown) => Job;
}

/** The queue of this stage that a definition names, for functions that send to it. */
export const queueTo = <Job extends object>({ name }: Defined<Job>): Queue<Job> => {
  const url = queueUrl(name);
  return lazily(() => queueOn<Job>(sqs(), url()));
};

const deadLetterQueueUrl = /* @__PURE__ */ queueUrl('dead-letter');

/** Where failed jobs wait for an engineer. */
export const deadLetterQueue: Queue<object> = /* @__PURE__ */ lazily(() => queueOn(sqs(), deadLetterQueueUrl()));
