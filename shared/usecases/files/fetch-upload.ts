import type { Ambient } from '#domain/ambient.ts';
import type { FetchAttempt, FetchJob, FetchQueue, FetchState, Sealer } from '#domain/files/fetch-ports.ts';
import type { SplitQueue, UploadSession, UploadStore } from '#domain/files/ports.ts';
import type { StoredFile } from '#domain/files/upload.ts';
import { isOver } from '#domain/imports/import-session.ts';
import type { ImportStore } from '#domain/imports/ports.ts';
import { WebError } from '#domain/web/web-error.ts';
import { closeImport } from '../imports/close-import.ts';
import { parkJob } from '../imports/park-job.ts';
import { type FailUploadPorts, failUpload } from './fail-upload.ts';
import { type StoreDownloadPorts, storeDownload } from './store-download.ts';
import { type PartsPorts, partsWriter } from './write-parts.ts';

export interface FetchPorts extends FailUploadPorts, StoreDownloadPorts, PartsPorts, Ambient {
  readonly imports: FailUploadPorts['imports'] & Pick<UploadStore, 'createUpload'> & Pick<ImportStore, 'find' | 'park'>;
  readonly sealer: Pick<Sealer, 'open'>;
  readonly fetchQueue: FetchQueue;
  readonly splitQueue: SplitQueue;
  /** The largest file. */
  readonly maxBytes: number;
  /** How long this worker may fetch before it hands on. */
  readonly workMilliseconds: number;
}

/** How long a file may take in all. */
const mostMinutes = 120;

/**
 * Brings the file of an import into the bucket and has it cut into chunks, or ends the import in ERROR with what its
 * caller should know. A message that is delivered twice, or again after its worker was killed, ends in one import.
 */
export const fetchUpload = async (ports: FetchPorts, message: FetchJob): Promise<void> => {
  const { session } = message;
  // The request that accepted the import creates its session too, unless it was cut short.
  await ports.imports.createUpload(session);
  const found = await ports.imports.find(session.sessionId);
  if (!found || isOver(found)) return;
  // The worker that gave the file up was cut short.
  if (found.fileError !== undefined) return closeImport(ports, session.sessionId);
  if (found.state === 'PAUSED' && (await parkJob(ports.imports, found, { queue: 'fetch', message }))) return;
  if ('file' in message) return split(ports, session, message.file);
  const attempt = { sessionId: session.sessionId, attemptId: ports.newId() };
  const state = await ports.fetches.take(attempt, session, ports.now());
  const stored = state.stored ?? (await fetchOrFail(ports, { attempt, state, sealedLink: message.sealedLink }));
  if (stored === 'later') await ports.fetchQueue.send([message]);
  else if (stored) await split(ports, session, stored);
};

const split = ({ splitQueue }: FetchPorts, { sessionId }: UploadSession, file: StoredFile): Promise<void> =>
  splitQueue.send([{ sessionId, file }]);

interface Fetch {
  readonly attempt: FetchAttempt;
  readonly state: FetchState;
  readonly sealedLink: string;
}

/** The file; `later` if another worker has to resume; `undefined` if the import was ended. */
const fetchOrFail = async (ports: FetchPorts, { attempt, state, sealedLink }: Fetch) => {
  const writer = partsWriter(ports, attempt, state.progress);
  try {
    const link = await ports.sealer.open(sealedLink, attempt.sessionId);
    if (link === undefined) throw new WebError('LINK_REFUSED', 'The link can no longer be read; please send it again');
    const until = untilOf(ports, state);
    const task = { link, maxBytes: ports.maxBytes, until };
    return await storeDownload(ports, task, writer);
  } catch (error) {
    if (!(error instanceof WebError)) throw error;
    await writer.discard();
    await failUpload(ports, attempt.sessionId, error.message);
    return undefined;
  }
};

const untilOf = ({ now, workMilliseconds }: FetchPorts, { startedAt }: FetchState): string => {
  const [begin, last] = [Date.parse(now()), Date.parse(startedAt) + mostMinutes * 60_000];
  if (last <= begin) throw new WebError('TIMED_OUT', `The file took more than ${mostMinutes} minutes`);
  return new Date(Math.min(last, begin + workMilliseconds)).toISOString();
};
