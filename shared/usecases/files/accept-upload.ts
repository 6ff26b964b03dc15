import type { Ambient } from '#domain/ambient.ts';
import type { FieldStore } from '#domain/fields/ports.ts';
import type { FetchJob, FetchQueue, Sealer } from '#domain/files/fetch-ports.ts';
import type { UploadSession, UploadStore } from '#domain/files/ports.ts';
import type { Upload } from '#domain/files/upload.ts';
import type { ImportSettings } from '#domain/imports/import-session.ts';
import { identifyingField } from '../fields/identifying-field.ts';

export interface QueueFilePorts {
  readonly imports: Pick<UploadStore, 'createUpload'>;
  readonly fetchQueue: FetchQueue;
}

export interface AcceptUploadPorts extends QueueFilePorts, Pick<Ambient, 'now' | 'newId'> {
  readonly fields: Pick<FieldStore, 'list'>;
  readonly sealer: Pick<Sealer, 'seal'>;
}

/**
 * Accepts the import of a file behind a link (contract 4.9). The link is sealed for this session, so that nothing else
 * can read it.
 * @throws RollcallError INVALID_REQUEST if `fieldId` names a field that contacts are not found by.
 */
export const acceptUpload = async (
  ports: AcceptUploadPorts,
  {
    link,
    ...asked
  }: {
    readonly settings: ImportSettings;
    readonly upload: Upload;
    readonly link: string;
    readonly dryRun?: boolean;
    /** The name of the API key that asks. */
    readonly createdBy?: string;
  },
): Promise<{ sessionId: string }> => {
  await identifyingField(ports.fields, asked.settings);
  const session = newSession({ sessionId: ports.newId(), createdAt: ports.now(), ...asked });
  const sealedLink = await ports.sealer.seal(link, session.sessionId);
  await queueFile(ports, { session, sealedLink });
  return { sessionId: session.sessionId };
};

/** A session whose file is still to come. */
export const newSession = ({
  dryRun = false,
  createdBy,
  ...named
}: Pick<UploadSession, 'sessionId' | 'settings' | 'upload' | 'createdAt'> & {
  readonly dryRun?: boolean | undefined;
  readonly createdBy?: string | undefined;
}): UploadSession => ({
  ...named,
  state: 'STARTED',
  total: 0,
  chunkCount: 0,
  ...(createdBy !== undefined && { createdBy }),
  ...(dryRun && { dryRun }),
});

/**
 * Queues a file first, because the message has all of the session in it: the worker creates the session if this was cut
 * short, so that no session waits for a file that no worker fetches.
 */
export const queueFile = async ({ fetchQueue, imports }: QueueFilePorts, message: FetchJob): Promise<void> => {
  await fetchQueue.send([message]);
  await imports.createUpload(message.session);
};
