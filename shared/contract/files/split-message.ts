import * as z from 'zod/mini';

/** The body of a message in the queue of files to cut: whose file, and in which object. */
export const splitMessage = z.object({
  sessionId: z.uuid(),
  file: z.object({ key: z.string().check(z.minLength(1)), size: z.int().check(z.nonnegative()) }),
});
