import type { ImportChunk, ImportSession } from '../imports/import-session.ts';
import type { Queue } from '../queue.ts';
import type { FileFormat, FileSource, Position } from './contact-file.ts';
import type { FileFacts, RowSegment, SplitJob, StoredFile, Upload } from './upload.ts';

/** A session whose rows come from a file. */
export interface UploadSession extends ImportSession {
  readonly upload: Upload;
}

/** How far a file has been cut into chunks. */
export interface SplitCheckpoint {
  /** How many windows were cut; a worker that adds the next one must have read the last one. */
  readonly windowCount: number;
  readonly rowCount: number;
  readonly chunkCount: number;
  /** How many chunks there were before the last window: their messages were sent for certain. */
  readonly sentCount: number;
  /** The segments that rows named so far. */
  readonly segments?: readonly RowSegment[];
  /** How the file is read, as was found out at its beginning. */
  readonly format: FileFormat;
  /** Where reading resumes; absent at the end of the file. */
  readonly position?: Position;
}

/** A run of a file's rows that is cut as a whole. */
export interface SplitWindow {
  /** At most `maxChunksPerWindow`. */
  readonly chunks: readonly ImportChunk[];
  /** As it is after the window; its `windowCount` is one more than before. */
  readonly checkpoint: SplitCheckpoint;
  readonly file: FileFacts;
}

/** The most chunks that are added at once (an AWS DynamoDB limit: 100 items a transaction, two of them a chunk). */
export const maxChunksPerWindow = 48;

/** Import sessions while their files are fetched and cut into chunks. */
export interface UploadStore {
  /**
   * Creates a session in state STARTED that counts as having an open chunk until `endSplit` or `failFile`; whether
   * there was none of its id.
   */
  createUpload(session: UploadSession): Promise<boolean>;
  findCheckpoint(sessionId: string): Promise<SplitCheckpoint | undefined>;
  /**
   * Adds the open chunks of the next window, and with them the checkpoint and what the session knows of its file, all
   * or nothing; whether the checkpoint was still the one before and the file neither ended nor failed.
   */
  addChunks(session: Pick<ImportSession, 'sessionId' | 'createdAt'>, window: SplitWindow): Promise<boolean>;
  /** The file was read to its end: only chunks keep the session open from now on. Repeating it is harmless. */
  endSplit(sessionId: string): Promise<void>;
  /**
   * The file cannot be fetched, or read any further: likewise, and the session will end in ERROR. The first reason
   * stays, and a file that was read to its end does not fail.
   */
  failFile(sessionId: string, fileError: string): Promise<void>;
}

/** Files of contacts in the bucket. */
export interface UploadedFiles {
  /** The bytes of a file, at random; what was overwritten meanwhile is not read as if it were the same file. */
  open(file: StoredFile): FileSource;
  /** Repeating it is harmless. */
  remove(file: StoredFile): Promise<void>;
}

/** Files that wait to be cut into chunks. */
export type SplitQueue = Queue<SplitJob>;

/** A file that was given up, or whose import came to a standstill. */
export interface FailedUpload {
  readonly sessionId: string;
}

/** Files whose imports are to be ended. */
export type FailedUploadQueue = Queue<FailedUpload>;
