import * as z from 'zod/mini';
import type { ErasureJob } from '#domain/erasure/erasure.ts';

const erasureJob = z.object({
  erasures: z.array(
    z.object({
      contactId: z.int().check(z.positive()),
      fingerprints: z.array(z.string()),
      promisedAt: z.exactOptional(z.iso.datetime()),
    }),
  ),
  deletedIds: z.exactOptional(z.array(z.int().check(z.positive()))),
  cursor: z.exactOptional(z.string()),
});

/** Reads whose traces are to be wiped, and from which place, or whose segments are to be hidden once more. */
export const readErasureJob = (body: unknown): ErasureJob => erasureJob.parse(body);
