import type { DeadLetterQueue, ImportStore } from '#domain/ports.ts';
import { failPrediction } from './fail-prediction.ts';
import { type FailUploadPorts, failUpload } from './fail-upload.ts';

/** Whose file failed. */
export interface FailedUpload {
  readonly sessionId: string;
}

export interface GiveUpPorts extends FailUploadPorts {
  readonly imports: FailUploadPorts['imports'] & Pick<ImportStore, 'find' | 'listChunks' | 'end'>;
  readonly deadLetterQueue: DeadLetterQueue<FailedUpload>;
}

/**
 * Gives up on a file whose message kept failing: its import ends in ERROR, and a message waits for a person. An import
 * that was over by then, or needs its file no more, is left alone.
 */
export const giveUpUpload = async (ports: GiveUpPorts, { sessionId }: FailedUpload): Promise<void> => {
  await failUpload(ports, sessionId, reason);
  const session = await ports.imports.find(sessionId);
  // Its chunks are tried by whoever failed, so nobody else ends it.
  const isTrial = session?.dryRun && session.state !== 'FINISHED' && session.state !== 'ERROR';
  if (isTrial) await failPrediction(ports, sessionId, reason);
  if (isTrial || session?.fileError === reason) await ports.deadLetterQueue.send({ sessionId });
};

const reason = 'The file could not be read for a reason that is not in it; please send the import again';
