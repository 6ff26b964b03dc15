import * as z from 'zod/mini';

/** The body of a message in the chunk queues: which chunk is to be worked on. */
export const chunkMessage = z.object({ sessionId: z.uuid(), number: z.int().check(z.positive()) });
