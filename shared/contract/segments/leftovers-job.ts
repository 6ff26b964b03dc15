import * as z from 'zod/mini';
import type { SegmentLeftovers } from '#domain/segments/segment.ts';

const leftoversJob = z.object({
  segmentId: z.int().check(z.positive()),
  segmentName: z.string(),
  epoch: z.int().check(z.positive()),
  cursor: z.exactOptional(z.string()),
  isLast: z.exactOptional(z.boolean()),
});

/** Reads which memberships are to be removed, and from which place. */
export const readLeftovers = (body: unknown): SegmentLeftovers => leftoversJob.parse(body);
