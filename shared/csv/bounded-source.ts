import type { FileSource } from '#domain/files/contact-file.ts';
import { FileError } from '#domain/files/file-error.ts';

/** A file of which only so much is read. */
export interface BoundedSource extends FileSource {
  /** Bytes of the file, and of what an archive holds (contract 1.6). */
  readonly maxBytes: number;
}

/** For a file, or the content of an archive, beyond the limit. */
export const tooLarge = ({ maxBytes }: BoundedSource): FileError =>
  new FileError('FILE_TOO_LARGE', `The file has more than ${maxBytes / 1024 / 1024} MB; cut it into parts`);
