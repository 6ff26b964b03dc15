import * as z from 'zod/mini';

const messageWork = z.object({ requestId: z.string() });
const segmentSendingWork = z.object({ requestId: z.string(), cursor: z.optional(z.string()) });

/** Reads which message is to be sent; throws where the queue's message says nothing of the kind. */
export const parseMessageWork = (body: unknown): { readonly requestId: string } => messageWork.parse(body);

/** Reads which sending goes on, and from where. */
export const parseSegmentSendingWork = (body: unknown): { readonly requestId: string; readonly cursor?: string } => {
  const { requestId, cursor } = segmentSendingWork.parse(body);
  return { requestId, ...(cursor !== undefined && { cursor }) };
};
