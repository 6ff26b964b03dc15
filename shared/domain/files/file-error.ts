/** Everything that can be wrong with a whole file of contacts, each with a section in `docs/errors.md`. */
export const fileErrorCodes = {
  EMPTY_FILE: 'The file has no rows',
  NOT_CSV: 'The file is of a kind that is not read',
  UNKNOWN_ENCODING: 'The encoding of the file is not known',
  ARCHIVE_REFUSED: 'The archive is not one that is read',
  ARCHIVE_DAMAGED: 'The archive cannot be read to its end',
  FILE_DAMAGED: 'The file cannot be read to its end',
  FILE_TOO_LARGE: 'The file is larger than a file may be',
  INVALID_HEADER: 'The first line is not a header',
  CONSENT_COLUMN_UNCLEAR: 'A column looks as if it said who may be written to, and is not understood',
  FILE_GONE: 'The file is not there any more',
} as const;

export type FileErrorCode = keyof typeof fileErrorCodes;

/** Why no row of a file, or no further one, can be imported; the same file never will be. The message is for people. */
export class FileError extends Error {
  readonly code: FileErrorCode;

  constructor(code: FileErrorCode, message: string) {
    super(message);
    this.name = 'FileError';
    this.code = code;
  }
}
