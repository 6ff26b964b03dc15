import * as z from 'zod/mini';

const messageJob = z.object({ requestId: z.string() });
const segmentSendingJob = z.object({ requestId: z.string(), cursor: z.optional(z.string()) });

/** Reads which message is to be sent; throws if the queue's message says nothing of the kind. */
export const parseMessageJob = (body: unknown): { readonly requestId: string } => messageJob.parse(body);

/** Reads which sending continues, and from which place. */
export const parseSegmentSendingJob = (body: unknown): { readonly requestId: string; readonly cursor?: string } => {
  const { requestId, cursor } = segmentSendingJob.parse(body);
  return { requestId, ...(cursor !== undefined && { cursor }) };
};
