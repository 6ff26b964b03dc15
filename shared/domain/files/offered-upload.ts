import type { StoredFile } from './upload.ts';

/** A place in the bucket that a caller may send one file to. Times are ISO 8601 in UTC. */
export interface OfferedUpload {
  /** A UUID; the import of the file has it for its session id, so that one file is one import. */
  readonly uploadId: string;
  /** Bytes. */
  readonly size: number;
  /** In base64. */
  readonly sha256: string;
  readonly fileName?: string;
  readonly createdAt: string;
  /** Until when the file may be sent. */
  readonly expiresAt: string;
}

/** The request that sends the file; its sender needs no key. */
export interface UploadRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Which files callers were offered a place for, for a few days. */
export interface OfferedUploads {
  note(offer: OfferedUpload): Promise<void>;
  find(uploadId: string): Promise<OfferedUpload | undefined>;
}

/** The files that callers sent themselves. */
export interface OfferedFiles {
  /** A PUT that works until the offer expires, once, and for this very file. */
  requestFor(offer: OfferedUpload): Promise<UploadRequest>;
  /** The file; `missing` if none was sent, `other` if it is not the one that was announced. */
  look(offer: OfferedUpload): Promise<StoredFile | 'missing' | 'other'>;
}
