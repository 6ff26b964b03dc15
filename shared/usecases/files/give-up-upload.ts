import type { FailedUpload } from '#domain/files/ports.ts';
import { type ImportSession, isOver } from '#domain/imports/import-session.ts';
import type { ChunkQueue, ImportStore } from '#domain/imports/ports.ts';
import type { Queue } from '#domain/queue.ts';
import { closeImport } from '../imports/close-import.ts';
import { failPrediction } from '../imports/fail-prediction.ts';
import { sendChunks } from '../imports/send-chunks.ts';
import { type FailUploadPorts, failUpload } from './fail-upload.ts';

export interface GiveUpPorts extends FailUploadPorts {
  readonly imports: FailUploadPorts['imports'] &
    Pick<ImportStore, 'find' | 'listChunks' | 'end' | 'findCheckpoint' | 'endSplit'>;
  readonly chunkQueue: ChunkQueue;
  readonly deadLetterQueue: Queue<FailedUpload>;
}

/**
 * Gives up on a file whose message kept failing: its import ends in ERROR once the chunks that were cut are over, and a
 * message waits for a person. The chunks of the last window are sent, as their messages may be missing. An import that was
 * over by then is left alone.
 */
export const giveUpUpload = async (ports: GiveUpPorts, { sessionId }: FailedUpload): Promise<void> => {
  await failUpload(ports, sessionId, reason);
  const session = await ports.imports.find(sessionId);
  const isOpen = session && !isOver(session);
  // The chunks of a dry run are tried by the function that failed, so nothing else ends it.
  const isTrial = isOpen && session.dryRun === true;
  if (isTrial) await failPrediction(ports, sessionId, reason);
  else if (isOpen) {
    await sendLastWindow(ports, session);
    if (session.fileError === undefined) await endReading(ports, session);
  }
  if (isTrial || session?.fileError === reason) await ports.deadLetterQueue.send([{ sessionId }]);
};

/** The worker that cut the last window may have crashed before it sent the window's chunks. */
const sendLastWindow = async (ports: GiveUpPorts, session: ImportSession): Promise<void> => {
  const checkpoint = await ports.imports.findCheckpoint(session.sessionId);
  if (checkpoint) await sendChunks(ports, session, checkpoint);
};

/** The worker that read the file to its end crashed before it could say so. */
const endReading = async (ports: GiveUpPorts, session: ImportSession): Promise<void> => {
  const checkpoint = await ports.imports.findCheckpoint(session.sessionId);
  if (!checkpoint || checkpoint.position) return;
  await ports.imports.endSplit(session.sessionId);
  await closeImport(ports, session.sessionId);
};

const reason = 'The file could not be read for a reason that is not in it; please send the import again';
