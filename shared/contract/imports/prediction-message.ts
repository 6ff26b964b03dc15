import * as z from 'zod/mini';
import type { PredictionMessage } from '#domain/imports/prediction.ts';

const chunkNumber = z.int().check(z.positive());

const message = z.object({
  sessionId: z.uuid(),
  from: z.optional(chunkNumber),
  overlay: z.optional(z.object({ prefix: z.string(), parts: z.int().check(z.positive()) })),
});

/** Reads a message of the queue of dry runs; throws if it is none. */
export const parsePrediction = (body: unknown): PredictionMessage => {
  const { sessionId, from, overlay } = message.parse(body);
  return { sessionId, ...(from !== undefined && { from }), ...(overlay && { overlay }) };
};
