import type { FetchQueue } from '#domain/files/fetch-ports.ts';
import type { SplitQueue, UploadStore } from '#domain/files/ports.ts';
import type { ImportSession } from '#domain/imports/import-session.ts';
import type { ChunkQueue, ImportStore, ParkedJob, PredictionQueue } from '#domain/imports/ports.ts';
import { type ClosePorts, closeImport } from './close-import.ts';
import { findImport } from './find-import.ts';

export interface ControlPorts extends ClosePorts {
  readonly imports: ClosePorts['imports'] &
    Pick<ImportStore, 'pause' | 'resume' | 'cancel' | 'listOpen' | 'findParked'> &
    Pick<UploadStore, 'endSplit'>;
  readonly chunkQueue: ChunkQueue;
  readonly fetchQueue: FetchQueue;
  readonly splitQueue: SplitQueue;
  readonly predictionQueue: PredictionQueue;
}

/**
 * Holds an import: the chunks that workers have are finished, no other begins, and its messages leave the queues. An import
 * that is over stays as it is; repeating it is harmless.
 * @throws RollcallError NOT_FOUND
 */
export const pauseImport = async (
  { imports }: { readonly imports: Pick<ImportStore, 'find' | 'pause'> },
  sessionId: string,
): Promise<ImportSession> => {
  await findImport(imports, sessionId);
  await imports.pause(sessionId);
  return findImport(imports, sessionId);
};

/**
 * Resumes a paused import: the state first, then the messages, so that a worker who still saw the pause and let a
 * message go is followed by one. An import that is not paused stays as it is; repeating it is harmless.
 * @throws RollcallError NOT_FOUND
 */
export const resumeImport = async (ports: ControlPorts, sessionId: string): Promise<ImportSession> => {
  await findImport(ports.imports, sessionId);
  await ports.imports.resume(sessionId);
  const session = await findImport(ports.imports, sessionId);
  if (session.state !== 'STARTED' && session.state !== 'IMPORTING') return session;
  await sendOpen(ports, session);
  // The worker of the last chunk may have died before it closed the import, and the pause dropped what was repeated.
  await closeImport(ports, sessionId);
  return findImport(ports.imports, sessionId);
};

/**
 * Ends an import early: the chunks that workers have are finished, the rows of all others get the outcome `skipped`, and a
 * file is read no further. An import that is over stays as it is; repeating it is harmless.
 * @throws RollcallError NOT_FOUND
 */
export const cancelImport = async (ports: ControlPorts, sessionId: string): Promise<ImportSession> => {
  await findImport(ports.imports, sessionId);
  await ports.imports.cancel(sessionId);
  const session = await findImport(ports.imports, sessionId);
  if (session.state !== 'CANCELLED' || session.finishedAt !== undefined) return session;
  await ports.imports.endSplit(sessionId);
  await sendChunks(ports, sessionId);
  await closeImport(ports, sessionId);
  return findImport(ports.imports, sessionId);
};

const sendOpen = async (ports: ControlPorts, { sessionId, dryRun }: ImportSession): Promise<void> => {
  const parked = await ports.imports.findParked(sessionId);
  if (parked) await sendParked(ports, parked);
  if (!dryRun) await sendChunks(ports, sessionId);
};

/** Sends a message that waited for its session to be resumed. */
export const sendParked = (
  { fetchQueue, splitQueue, predictionQueue }: Pick<ControlPorts, 'fetchQueue' | 'splitQueue' | 'predictionQueue'>,
  job: ParkedJob,
): Promise<void> => {
  switch (job.queue) {
    case 'fetch':
      return fetchQueue.send([job.message]);
    case 'split':
      return splitQueue.send([job.message]);
    case 'prediction':
      return predictionQueue.send([job.message]);
  }
};

const sendChunks = async ({ imports, chunkQueue }: ControlPorts, sessionId: string): Promise<void> => {
  const numbers = (await imports.listOpen(sessionId)).filter((number) => number > 0);
  if (numbers.length > 0) await chunkQueue.send(numbers.map((number) => ({ sessionId, number })));
};
