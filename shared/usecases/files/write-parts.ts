import type {
  Download,
  FetchAttempt,
  FetchProgress,
  FetchStore,
  FilePart,
  PartialFiles,
} from '#domain/files/fetch-ports.ts';
import type { StoredFile } from '#domain/files/upload.ts';
import { WebError } from '#domain/web/web-error.ts';

export interface PartsPorts {
  readonly fetches: FetchStore;
  readonly partialFiles: PartialFiles;
}

/** Another delivery works on the fetch now, and this one has to leave it alone. */
export class FetchTaken extends Error {}

/** A file on its way into the bucket. */
export interface PartsWriter {
  /** Where the download resumes. */
  place(): { readonly from: number; readonly validator?: string };
  /** The most bytes that were ever there. */
  furthest(): number;
  /** Whether every byte is there that the server promised; `undefined` if it promised nothing. */
  isWhole(): boolean | undefined;
  /** Begins the file from its first byte. */
  begin(download: Pick<Download, 'validator' | 'size'>): Promise<void>;
  add(bytes: Uint8Array): Promise<void>;
  /** The connection was lost: what cannot be resumed is dropped. */
  breakOff(): void;
  /** Keeps what it can for another worker, and says whether that has come further than this one began. */
  keep(): Promise<boolean>;
  /** Makes the object. */
  finish(): Promise<StoredFile>;
  /** Takes everything back. */
  discard(): Promise<void>;
}

/**
 * Writes a file in parts, and notes each in the table when it is in the bucket: after a crash at any moment the next
 * worker resumes, with no byte missing or there twice.
 */
export const partsWriter = (
  { fetches, partialFiles }: PartsPorts,
  attempt: FetchAttempt,
  before: FetchProgress | undefined,
): PartsWriter => {
  let progress = before;
  /** Bytes in parts. */
  let stored = sizeOf(before?.parts ?? []);
  /** Bytes that are in no part yet. */
  let pending: Uint8Array[] = [];
  let waiting = 0;
  let furthest = stored;
  let hasAdded = false;

  const ensureOurs = (isOurs: boolean): void => {
    if (!isOurs) throw new FetchTaken('Another delivery fetches this file now');
  };
  const restart = (begun?: FetchProgress): void => {
    progress = begun;
    stored = 0;
    pending = [];
    waiting = 0;
  };
  const startAnew = (): WebError => {
    restart();
    return new WebError('CONNECTION_LOST', 'The parts of the file were lost on their way');
  };
  const putPart = async (bytes: Uint8Array): Promise<void> => {
    if (!progress) throw startAnew();
    const number = progress.parts.length + 1;
    const etag = await partialFiles.putPart(progress.file, number, bytes);
    if (etag === undefined) throw startAnew();
    const part = { etag, size: bytes.length };
    ensureOurs(await fetches.addPart(attempt, number, part));
    progress = { ...progress, parts: [...progress.parts, part] };
    stored += part.size;
    hasAdded = true;
  };
  const flush = async (size: number): Promise<void> => {
    const bytes = Buffer.concat(pending);
    await putPart(bytes.subarray(0, size));
    pending = bytes.length > size ? [bytes.subarray(size)] : [];
    waiting = bytes.length - size;
  };

  return {
    place: () => ({
      from: stored + waiting,
      ...(progress?.validator !== undefined && { validator: progress.validator }),
    }),
    furthest: () => furthest,
    isWhole: () => (progress?.size === undefined ? undefined : stored + waiting === progress.size),

    begin: async ({ validator, size }) => {
      const file = await partialFiles.begin(partialFiles.keyOf(attempt.sessionId));
      const begun = { file, ...(validator !== undefined && { validator }), ...(size !== undefined && { size }) };
      const isOurs = await fetches.begin(attempt, begun);
      const left = isOurs ? progress?.file : file;
      if (left) await partialFiles.abort(left);
      ensureOurs(isOurs);
      restart({ ...begun, parts: [] });
    },

    add: async (bytes) => {
      pending.push(bytes);
      waiting += bytes.length;
      furthest = Math.max(furthest, stored + waiting);
      while (waiting >= partialFiles.partSize) await flush(partialFiles.partSize);
    },

    breakOff: () => {
      if (progress?.validator !== undefined) return;
      pending = [];
      waiting = 0;
    },

    keep: async () => {
      if (waiting >= partialFiles.smallestPart) await flush(waiting);
      return hasAdded;
    },

    finish: async () => {
      if (stored + waiting === 0) throw new WebError('BAD_ANSWER', 'The file is empty');
      if (waiting > 0) await flush(waiting);
      if (!progress || !(await partialFiles.complete(progress.file, progress.parts))) throw startAnew();
      const file = { key: progress.file.key, size: stored };
      ensureOurs(await fetches.finish(attempt, file));
      return file;
    },

    discard: async () => {
      ensureOurs(await fetches.abandon(attempt));
      if (progress) await partialFiles.abort(progress.file);
    },
  };
};

const sizeOf = (parts: readonly FilePart[]): number => parts.reduce((bytes, { size }) => bytes + size, 0);
