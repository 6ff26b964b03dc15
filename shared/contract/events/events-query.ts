import * as z from 'zod/mini';

/** The parameters that choose events. */
export const eventsQuery = z.object({
  type: z.optional(z.string().check(z.meta({ description: 'An event type key', examples: ['newContact'] }))),
  keyValue: z.optional(z.string().check(z.meta({ description: 'An event key', examples: ['mail@example.com'] }))),
});
