import type { Ambient } from '#domain/ambient.ts';
import { RollcallError } from '#domain/error.ts';
import { type ImportSession, isClosed } from '#domain/imports/import-session.ts';
import type { ImportStore, UndoJob } from '#domain/imports/ports.ts';
import { type ImportUndo, nothingUndone, type UndoOptions } from '#domain/imports/undone-rows.ts';
import type { Queue } from '#domain/queue.ts';
import { retryOnConflict } from '../retry-on-conflict.ts';
import { findImport } from './find-import.ts';

export interface StartUndoPorts extends Pick<Ambient, 'now' | 'pause'> {
  readonly imports: Pick<ImportStore, 'find' | 'beginUndo'>;
  readonly undoQueue: Queue<UndoJob>;
}

/**
 * Begins to undo an import, or to say what undoing it would do. An undo that runs, is paused or is over stays as it is; one
 * that was cancelled goes on with the rows that it skipped.
 * @throws RollcallError NOT_FOUND, or IMPORT_NOT_OVER while rows are still imported, and for dry runs.
 */
export const startUndo = (ports: StartUndoPorts, sessionId: string, asked: UndoOptions): Promise<ImportSession> =>
  retryOnConflict(ports, async () => {
    const session = await findImport(ports.imports, sessionId);
    if (session.dryRun || !isClosed(session)) {
      throw new RollcallError('IMPORT_NOT_OVER', 'Only an import that is over and has written something can be undone');
    }
    if (session.undo && isStanding(session.undo)) {
      if (isUnderWay(session.undo)) await sendUndo(ports.undoQueue, session);
      return session;
    }
    const undo: ImportUndo = {
      state: 'RUNNING',
      ...(asked.dryRun && { dryRun: true }),
      ...(asked.suppressions && { suppressions: true }),
      startedAt: ports.now(),
      counts: nothingUndone,
    };
    if (!(await ports.imports.beginUndo(sessionId, undo, session.undo))) return undefined;
    await sendUndo(ports.undoQueue, { ...session, undo });
    return session;
  });

/** Dry runs are made anew each time. */
const isStanding = ({ dryRun, state, finishedAt }: ImportUndo): boolean =>
  !dryRun && !(state === 'CANCELLED' && finishedAt !== undefined);

/** Whether a worker has to look at an undo: it has rows to undo or to skip. */
export const isUnderWay = ({ state, finishedAt }: ImportUndo): boolean =>
  finishedAt === undefined && state !== 'PAUSED';

/** Has an undo worked on from its first chunk on; chunks that are over are passed over. */
export const sendUndo = (
  undoQueue: Queue<UndoJob>,
  { sessionId, chunkCount, undo }: Pick<ImportSession, 'sessionId' | 'chunkCount' | 'undo'>,
): Promise<void> => undoQueue.send([{ sessionId, from: chunkCount, dryRun: undo?.dryRun ?? false }]);
