import * as z from 'zod/mini';
import type { ErasureJob } from '#domain/erasure/erasure.ts';

const erasureMessage = z.object({
  erasures: z.array(z.object({ contactId: z.int().check(z.positive()), fingerprints: z.array(z.string()) })),
  cursor: z.optional(z.string()),
});

/** Reads a message of the erasure queue: whose traces are to be wiped, and from which place. */
export const parseErasureJob = (body: unknown): ErasureJob => {
  const { erasures, cursor } = erasureMessage.parse(body);
  return { erasures, ...(cursor !== undefined && { cursor }) };
};
