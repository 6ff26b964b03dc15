import { hash } from 'node:crypto';
import type {
  FetchAttempt,
  FetchJob,
  FetchProgress,
  FetchStore,
  PartialFiles,
  Sealer,
} from '#domain/files/fetch-ports.ts';
import type { OfferedFiles, OfferedUpload, OfferedUploads } from '#domain/files/offered-upload.ts';
import type { StoredFile } from '#domain/files/upload.ts';
import type { Step } from './step.ts';

interface FetchItem {
  attemptId: string;
  readonly startedAt: string;
  progress?: FetchProgress;
  stored?: StoredFile;
}

/** What fetching holds in memory. */
export const emptyFetchState = () => ({
  fetches: new Map<string, FetchItem>(),
  /** Bytes of parts by upload id and number. */
  partialFiles: new Map<string, { key: string; parts: Map<number, Buffer> }>(),
  /** Files in the bucket, by key. */
  files: new Map<string, Buffer>(),
  sentFetches: [] as FetchJob[],
  offers: new Map<string, OfferedUpload>(),
});

/** The maps of `emptyFetchState`. */
export type FetchState = ReturnType<typeof emptyFetchState>;

/** Fetches in memory. */
export const memoryFetches = ({ fetches }: FetchState, step: Step): FetchStore => {
  const write = async (what: string, { sessionId, attemptId }: FetchAttempt, change: (item: FetchItem) => void) => {
    await step(`${what} ${sessionId}`);
    const item = fetches.get(sessionId);
    if (item?.attemptId !== attemptId) return false;
    change(item);
    return true;
  };
  return {
    take: async ({ sessionId, attemptId }, _session, now) => {
      await step(`takeFetch ${sessionId}`);
      const item = fetches.get(sessionId) ?? { attemptId, startedAt: now };
      fetches.set(sessionId, { ...item, attemptId });
      const { startedAt, progress, stored } = item;
      return { startedAt, ...(progress && { progress }), ...(stored && { stored }) };
    },
    find: async (sessionId) => {
      await step(`findFetch ${sessionId}`);
      const item = fetches.get(sessionId);
      return (
        item && {
          startedAt: item.startedAt,
          ...(item.progress && { progress: item.progress }),
          ...(item.stored && { stored: item.stored }),
        }
      );
    },
    begin: (attempt, progress) =>
      write('beginFetch', attempt, (item) => {
        item.progress = { ...progress, parts: [] };
      }),
    addPart: (attempt, number, part) =>
      write('addPart', attempt, (item) => {
        if (item.progress)
          item.progress = { ...item.progress, parts: item.progress.parts.toSpliced(number - 1, 1, part) };
      }),
    finish: (attempt, stored) =>
      write('finishFetch', attempt, (item) => {
        delete item.progress;
        item.stored = stored;
      }),
    abandon: (attempt) =>
      write('abandonFetch', attempt, (item) => {
        delete item.progress;
      }),
  };
};

/** Small, so that files of several parts are small. */
export const memoryPartSize = 16 * 1024;

/** Files in parts, in memory; a part's ETag is what is in it. */
export const memoryPartialFiles = ({ partialFiles, files }: FetchState, step: Step): PartialFiles => ({
  partSize: memoryPartSize,
  smallestPart: 0.625 * memoryPartSize,
  keyOf: (sessionId) => `uploads/${sessionId}/file`,
  begin: async (key) => {
    await step(`beginFile ${key}`);
    const uploadId = `upload-${partialFiles.size + files.size + 1}-${crypto.randomUUID()}`;
    partialFiles.set(uploadId, { key, parts: new Map() });
    return { key, uploadId };
  },
  putPart: async ({ uploadId }, number, bytes) => {
    await step(`putPart ${uploadId} ${number}`);
    const file = partialFiles.get(uploadId);
    if (!file) return undefined;
    file.parts.set(number, Buffer.from(bytes));
    return etagOf(Buffer.from(bytes));
  },
  complete: async ({ uploadId }, parts) => {
    await step(`completeFile ${uploadId}`);
    const file = partialFiles.get(uploadId);
    const bytes = parts.map((_, index) => file?.parts.get(index + 1));
    if (!file || !bytes.every((part, index) => part && etagOf(part) === parts[index]?.etag)) return false;
    files.set(file.key, Buffer.concat(bytes.filter((part) => part !== undefined)));
    partialFiles.delete(uploadId);
    return true;
  },
  abort: async ({ uploadId }) => {
    await step(`abortFile ${uploadId}`);
    partialFiles.delete(uploadId);
  },
});

/** Seals by turning a text round; it opens within the same context only. */
export const memorySealer = (step: Step): Sealer => ({
  seal: async (text, context) => {
    await step('seal');
    return Buffer.from(`${context} ${text}`).reverse().toString('base64url');
  },
  open: async (sealed, context) => {
    await step('open');
    const text = Buffer.from(sealed, 'base64url').reverse().toString();
    return text.startsWith(`${context} `) ? text.slice(context.length + 1) : undefined;
  },
});

/** Offers in memory. */
export const memoryOfferedUploads = ({ offers }: FetchState, step: Step): OfferedUploads => ({
  note: async (offer) => {
    await step(`noteOffer ${offer.uploadId}`);
    offers.set(offer.uploadId, offer);
  },
  find: async (uploadId) => {
    await step(`findOffer ${uploadId}`);
    return offers.get(uploadId);
  },
});

/** Files that callers sent, in memory; tests put them there. */
export const memoryOfferedFiles = ({ files }: FetchState, step: Step): OfferedFiles => ({
  requestFor: async ({ uploadId, sha256 }) => {
    await step(`offerFile ${uploadId}`);
    return { url: `https://bucket.example/uploads/${uploadId}/file`, headers: { 'x-amz-checksum-sha256': sha256 } };
  },
  look: async ({ uploadId, size, sha256 }) => {
    await step(`lookAtFile ${uploadId}`);
    const key = `uploads/${uploadId}/file`;
    const bytes = files.get(key);
    if (!bytes) return 'missing';
    return bytes.length === size && sha256Of(bytes) === sha256 ? { key, size } : 'other';
  },
});

/** As callers name it. */
export const sha256Of = (bytes: Uint8Array): string => hash('sha256', bytes, 'base64');

const etagOf = (bytes: Uint8Array): string => hash('md5', bytes, 'hex');
