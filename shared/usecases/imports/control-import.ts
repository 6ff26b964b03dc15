import type { FetchQueue } from '#domain/files/fetch-ports.ts';
import type { SplitQueue, UploadStore } from '#domain/files/ports.ts';
import type { ImportSession } from '#domain/imports/import-session.ts';
import type { ChunkQueue, ImportStore, ParkedJob, PredictionQueue, UndoJob } from '#domain/imports/ports.ts';
import type { Queue } from '#domain/queue.ts';
import { type ClosePorts, closeImport } from './close-import.ts';
import { findImport } from './find-import.ts';
import { isUnderWay, sendUndo } from './start-undo.ts';

export interface ControlPorts extends ClosePorts {
  readonly imports: ClosePorts['imports'] &
    Pick<ImportStore, 'pause' | 'resume' | 'cancel' | 'moveUndo' | 'listOpen' | 'findParked'> &
    Pick<UploadStore, 'endSplit'>;
  readonly chunkQueue: ChunkQueue;
  readonly fetchQueue: FetchQueue;
  readonly splitQueue: SplitQueue;
  readonly predictionQueue: PredictionQueue;
  readonly undoQueue: Queue<UndoJob>;
}

/**
 * Holds an import, or the undo of one that is over: the chunks that workers have are finished, no other begins, and its
 * messages leave the queues. What is over stays as it is; repeating it is harmless.
 * @throws RollcallError NOT_FOUND
 */
export const pauseImport = async (
  { imports }: { readonly imports: Pick<ImportStore, 'find' | 'pause' | 'moveUndo'> },
  sessionId: string,
): Promise<ImportSession> => {
  await findImport(imports, sessionId);
  await imports.pause(sessionId);
  await imports.moveUndo(sessionId, ['RUNNING'], 'PAUSED');
  return findImport(imports, sessionId);
};

/**
 * Resumes a paused import, or a paused undo of one: the state first, then the messages, so that a worker who still saw the pause and let a
 * message go is followed by one. What is not paused stays as it is; repeating it is harmless.
 * @throws RollcallError NOT_FOUND
 */
export const resumeImport = async (ports: ControlPorts, sessionId: string): Promise<ImportSession> => {
  await findImport(ports.imports, sessionId);
  await ports.imports.resume(sessionId);
  await ports.imports.moveUndo(sessionId, ['PAUSED'], 'RUNNING');
  const session = await findImport(ports.imports, sessionId);
  await sendOpenUndo(ports, session);
  if (session.state !== 'STARTED' && session.state !== 'IMPORTING') return session;
  await sendOpen(ports, session);
  // The worker of the last chunk may have died before it closed the import, and the pause dropped what was repeated.
  await closeImport(ports, sessionId);
  return findImport(ports.imports, sessionId);
};

/**
 * Ends an import early, or the undo of one that is over: the chunks that workers have are finished, the rows of all others
 * get the outcome `skipped`, and a file is read no further. What is over stays as it is; repeating it is harmless.
 * @throws RollcallError NOT_FOUND
 */
export const cancelImport = async (ports: ControlPorts, sessionId: string): Promise<ImportSession> => {
  await findImport(ports.imports, sessionId);
  await ports.imports.cancel(sessionId);
  await ports.imports.moveUndo(sessionId, ['RUNNING', 'PAUSED'], 'CANCELLED');
  const session = await findImport(ports.imports, sessionId);
  await sendOpenUndo(ports, session);
  if (session.state !== 'CANCELLED' || session.finishedAt !== undefined) return session;
  await ports.imports.endSplit(sessionId);
  await sendChunks(ports, sessionId);
  await closeImport(ports, sessionId);
  return findImport(ports.imports, sessionId);
};

const sendOpenUndo = async ({ undoQueue }: ControlPorts, session: ImportSession): Promise<void> => {
  if (session.undo && isUnderWay(session.undo)) await sendUndo(undoQueue, session);
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
