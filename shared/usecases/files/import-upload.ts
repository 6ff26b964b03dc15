import type { Ambient } from '#domain/ambient.ts';
import { RollcallError } from '#domain/error.ts';
import type { FieldStore } from '#domain/fields/ports.ts';
import type { OfferedFiles, OfferedUploads } from '#domain/files/offered-upload.ts';
import type { FileOptions, StoredFile } from '#domain/files/upload.ts';
import type { ImportSettings } from '#domain/imports/import-session.ts';
import type { ImportStore } from '#domain/imports/ports.ts';
import { identifyingField } from '../fields/identifying-field.ts';
import { newSession, type QueueFilePorts, queueFile } from './accept-upload.ts';

export interface ImportUploadPorts extends QueueFilePorts, Pick<Ambient, 'now'> {
  readonly fields: Pick<FieldStore, 'list'>;
  readonly imports: QueueFilePorts['imports'] & Pick<ImportStore, 'find'>;
  readonly offeredUploads: Pick<OfferedUploads, 'find'>;
  readonly offeredFiles: Pick<OfferedFiles, 'look'>;
}

/**
 * Has a file imported that a caller sent, or tried (`dryRun`). Asking again answers the same import, whatever it asks for then.
 * @throws RollcallError NOT_FOUND for an upload that is unknown, UPLOAD_INCOMPLETE if its file is not there or another,
 * INVALID_REQUEST as for any import.
 */
export const importUpload = async (
  ports: ImportUploadPorts,
  asked: {
    readonly uploadId: string;
    readonly settings: ImportSettings;
    readonly options: FileOptions;
    readonly dryRun?: boolean;
    /** The name of the API key that asks. */
    readonly createdBy?: string;
  },
): Promise<{ sessionId: string }> => {
  const { uploadId, settings, options, dryRun, createdBy } = asked;
  const offer = await ports.offeredUploads.find(uploadId);
  if (!offer) throw new RollcallError('NOT_FOUND', `Upload '${uploadId}' not found`);
  if (await ports.imports.find(uploadId)) return { sessionId: uploadId };
  await identifyingField(ports.fields, settings);
  const file = fileOrRefusal(await ports.offeredFiles.look(offer));
  const upload = { ...(offer.fileName !== undefined && { fileName: offer.fileName }), ...options };
  const session = newSession({ sessionId: uploadId, settings, upload, createdAt: ports.now(), dryRun, createdBy });
  await queueFile(ports, { session, file });
  return { sessionId: uploadId };
};

/** The file that was looked for. Throws RollcallError UPLOAD_INCOMPLETE where it is not there, or another. */
export const fileOrRefusal = (found: StoredFile | 'missing' | 'other'): StoredFile => {
  if (found === 'missing') throw new RollcallError('UPLOAD_INCOMPLETE', 'The file was not sent yet');
  if (found === 'other') {
    throw new RollcallError('UPLOAD_INCOMPLETE', 'The file that was sent is not the one with this size and SHA-256');
  }
  return found;
};
