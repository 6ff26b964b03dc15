import type { Queue } from '../queue.ts';
import type { UploadSession } from './ports.ts';
import type { StoredFile } from './upload.ts';

/*
 * What fetching a caller's file into the bucket needs from outside, beside the ports of `ports.ts` and by their rules:
 * what is thrown is transient or a bug; only `Downloads` throws a `WebError`, which says itself what it is.
 */

/** A file to import: behind a link, which only this stage can read, or in the bucket already. */
export type FetchJob = { readonly session: UploadSession } & (
  | { readonly sealedLink: string }
  | { readonly file: StoredFile }
);

/** Files that wait to be fetched. */
export type FetchQueue = Queue<FetchJob>;

/** Hides texts from anyone who can read queues and tables but lacks the key of this stage. */
export interface Sealer {
  /** A text that means nothing to others, in base64url. It opens within the same context only. */
  seal(text: string, context: string): Promise<string>;
  /** What was sealed; `undefined` if it was changed, is of another context, or its key is gone. */
  open(sealed: string, context: string): Promise<string | undefined>;
}

/** What a server sends of a file. */
export interface Download {
  /** Where `body` begins: as asked for, or 0 if the server sends the whole file. */
  readonly from: number;
  /** A strong ETag, by which the same file can be resumed; absent if it cannot be. */
  readonly validator?: string;
  /** Bytes of the whole file, if the server says so. */
  readonly size?: number;
  /** Without content encoding. Throws a `WebError` if the connection breaks or the file is too long. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** Which part of a caller's file is to be sent. */
export interface DownloadRequest {
  /** With its credentials. */
  readonly link: string;
  /** Bytes that are there already, of the file with this validator. */
  readonly from: number;
  readonly validator?: string;
  /** A file with more bytes is refused. */
  readonly maxBytes: number;
  /** For all of it. */
  readonly milliseconds: number;
}

export interface Downloads {
  /** Throws a `WebError` for a server that cannot be reached or answers with an error, too. */
  open(request: DownloadRequest): Promise<Download>;
}

/** A part of a file in the bucket. */
export interface FilePart {
  readonly etag: string;
  readonly size: number;
}

/** An object that is written in parts and is there when all of them are. */
export interface PartialFile {
  readonly key: string;
  readonly uploadId: string;
}

/** Writes the files of uploads in parts. */
export interface PartialFiles {
  /** Bytes of a part as it should be. */
  readonly partSize: number;
  /** Only the last part may be smaller. */
  readonly smallestPart: number;
  /** `uploads/<sessionId>/file` */
  keyOf(sessionId: string): string;
  begin(key: string): Promise<PartialFile>;
  /** Writes a part, counted from 1; its ETag, or `undefined` if the file is no longer being written. */
  putPart(file: PartialFile, number: number, bytes: Uint8Array): Promise<string | undefined>;
  /** Makes the object of its parts; whether they were still there. */
  complete(file: PartialFile, parts: readonly FilePart[]): Promise<boolean>;
  /** Takes the parts back. Repeating it is harmless. */
  abort(file: PartialFile): Promise<void>;
}

/** How much of a file is there, for the next worker. */
export interface FetchProgress {
  readonly file: PartialFile;
  /** From the first on, without a gap. */
  readonly parts: readonly FilePart[];
  /** Of what is in the parts. */
  readonly validator?: string;
  /** Bytes of the whole file, if the server said so. */
  readonly size?: number;
}

/** What is known of the fetch of a session: how far it has come, or the file. */
export interface FetchState {
  /** When it was first taken. */
  readonly startedAt: string;
  readonly progress?: FetchProgress;
  readonly stored?: StoredFile;
}

/** One worker on a fetch; another that begins takes it over. */
export interface FetchAttempt {
  readonly sessionId: string;
  readonly attemptId: string;
}

/**
 * The fetches of sessions, each worked on by one attempt at a time. A write answers whether the attempt still has the
 * fetch; if not, nothing was written. Repeating a write is harmless.
 */
export interface FetchStore {
  /** Takes the fetch of a session from the attempt that had it, and returns what is known of it. */
  take(attempt: FetchAttempt, session: Pick<UploadSession, 'createdAt'>, now: string): Promise<FetchState>;
  /** Begins a file, without parts, and forgets whatever was there of another. */
  begin(attempt: FetchAttempt, progress: Omit<FetchProgress, 'parts'>): Promise<boolean>;
  /** Notes a part, counted from 1, that lies in the bucket. */
  addPart(attempt: FetchAttempt, number: number, part: FilePart): Promise<boolean>;
  /** Notes that the whole file lies in the bucket. */
  finish(attempt: FetchAttempt, stored: StoredFile): Promise<boolean>;
  /** What is known of the fetch of a session, without taking it; `undefined` if no attempt took it yet. */
  find(sessionId: string): Promise<FetchState | undefined>;
  /** Forgets how far it has come, as there will be no file. */
  abandon(attempt: FetchAttempt): Promise<boolean>;
}
