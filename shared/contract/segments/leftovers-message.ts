import * as z from 'zod/mini';
import type { SegmentLeftovers } from '#domain/segments/segment.ts';

const leftoversMessage = z.object({
  segmentId: z.int().check(z.positive()),
  segmentName: z.string(),
  epoch: z.int().check(z.positive()),
  cursor: z.optional(z.string()),
  isLast: z.optional(z.boolean()),
});

/** Reads a message of the queue of leftovers: which memberships are to be removed, and from which place. */
export const parseLeftovers = (body: unknown): SegmentLeftovers => {
  const { segmentId, segmentName, epoch, cursor, isLast } = leftoversMessage.parse(body);
  return {
    segmentId,
    segmentName,
    epoch,
    ...(cursor !== undefined && { cursor }),
    ...(isLast !== undefined && { isLast }),
  };
};
