import * as z from 'zod/mini';

/** The body of a message in the erasure queue: whose traces are to be wiped, and where to go on. */
export const erasureMessage = z.object({
  erasures: z.array(z.object({ contactId: z.int().check(z.positive()), fingerprints: z.array(z.string()) })),
  cursor: z.optional(z.string()),
});
