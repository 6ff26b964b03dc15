import * as z from 'zod/mini';
import type { ChunkJob, UndoJob } from '#domain/imports/ports.ts';
import type { PredictionJob } from '#domain/imports/prediction.ts';

const chunkNumber = z.int().check(z.positive());

const chunkJob = z.object({ sessionId: z.uuid(), number: chunkNumber });

/** Reads which chunk is to be worked on. */
export const readChunkJob = (body: unknown): ChunkJob => chunkJob.parse(body);

const predictionJob = z.object({
  sessionId: z.uuid(),
  from: z.exactOptional(chunkNumber),
  overlay: z.exactOptional(z.object({ prefix: z.string(), parts: z.int().check(z.positive()) })),
});

/** Reads which dry run begins, or resumes and from which place. */
export const readPredictionJob = (body: unknown): PredictionJob => predictionJob.parse(body);

const undoJob = z.object({ sessionId: z.uuid(), from: z.int(), dryRun: z.boolean() });

/** Reads which import is undone, and from which chunk on. */
export const readUndoJob = (body: unknown): UndoJob => undoJob.parse(body);
