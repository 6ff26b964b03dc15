import type { CountJob } from '#domain/counts/count-job.ts';
import type { CountQueue } from '#domain/counts/ports.ts';
import { queueUrl } from '#shared/environment.ts';
import { lazily } from '../clients/connect.ts';
import { queueOn } from '../clients/queue.ts';
import { sqs } from '../clients/sqs-client.ts';

const countsUrl = /* @__PURE__ */ queueUrl('counts');

/** What happens to contacts and messages, for the function that counts it. */
export const countQueue: CountQueue = /* @__PURE__ */ lazily(() => queueOn<CountJob>(sqs(), countsUrl()));
