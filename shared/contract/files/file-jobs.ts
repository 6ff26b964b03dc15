import * as z from 'zod/mini';
import type { FailedUpload } from '#domain/files/ports.ts';
import type { SplitJob } from '#domain/files/upload.ts';

const splitJob = z.object({
  sessionId: z.uuid(),
  file: z.object({ key: z.string().check(z.minLength(1)), size: z.int().check(z.nonnegative()) }),
});

/** Reads whose file is to be cut, and in which object it is. */
export const readSplitJob = (body: unknown): SplitJob => splitJob.parse(body);

const failedUpload = z.pipe(
  z.union([z.object({ session: z.object({ sessionId: z.uuid() }) }), z.object({ sessionId: z.uuid() })]),
  z.transform((job) => ({ sessionId: 'session' in job ? job.session.sessionId : job.sessionId })),
);

/** Reads whose file could be neither fetched nor cut: the job that failed names the session in either of two forms. */
export const readFailedUpload = (body: unknown): FailedUpload => failedUpload.parse(body);
