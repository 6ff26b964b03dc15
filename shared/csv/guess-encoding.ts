import { FileError } from '#domain/file-error.ts';

/** An encoding and how sure it is. */
export interface Guess {
  readonly encoding: string;
  readonly percent: number;
}

/**
 * What the words of a text that is not UTF-8 look like.
 * @throws FileError UNKNOWN_ENCODING where nothing is likely enough.
 */
export const guessEncoding = (_sample: Buffer): Guess => {
  throw new FileError('UNKNOWN_ENCODING', 'The encoding of the file is not certain; name it with `encoding`');
};
