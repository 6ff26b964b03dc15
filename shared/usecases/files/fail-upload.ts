import type { UploadStore } from '#domain/files/ports.ts';
import { type ClosePorts, closeImport } from '../imports/close-import.ts';

export interface FailUploadPorts extends ClosePorts {
  readonly imports: ClosePorts['imports'] & Pick<UploadStore, 'failFile'>;
}

/**
 * Ends a session whose file cannot be fetched, or read any further, in ERROR: at once, or when the last of the chunks that
 * were cut before is over. `fileError` is a sentence for its caller. Repeating it is harmless.
 */
export const failUpload = async (ports: FailUploadPorts, sessionId: string, fileError: string): Promise<void> => {
  await ports.imports.failFile(sessionId, fileError);
  await closeImport(ports, sessionId);
};
