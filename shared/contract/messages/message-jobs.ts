import * as z from 'zod/mini';
import type { MessageJob } from '#domain/messages/ports.ts';
import type { SegmentSendingJob } from '#domain/segments/segment-sending.ts';

const messageJob = z.object({ requestId: z.string() });
const segmentSendingJob = z.object({ requestId: z.string(), cursor: z.exactOptional(z.string()) });

/** Reads which message is to be sent. */
export const readMessageJob = (body: unknown): MessageJob => messageJob.parse(body);

/** Reads which sending to a segment continues, and from which place. */
export const readSegmentSendingJob = (body: unknown): SegmentSendingJob => segmentSendingJob.parse(body);
