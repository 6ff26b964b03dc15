import type { FileFormat } from '#domain/files/contact-file.ts';
import { FileError } from '#domain/files/file-error.ts';
import { decoderOf } from './decoder.ts';
import { findDelimiter } from './find-delimiter.ts';
import type { Sample } from './take-sample.ts';

/** How records are separated, and how many lines at the beginning only say so. */
export interface Dialect extends Pick<FileFormat, 'delimiter' | 'newline'> {
  readonly firstLines: number;
}

/** The line with which Excel names the delimiter of a file. */
const delimiterLine = /^"?sep=(.)"?\r*$/i;

/** The header of our own list of rows that failed, many of which have too few or too many cells. */
const rowsHeader = /^"?line"?([^\w\s"-]|\t)"?error"?\1/;

/**
 * The newline and the delimiter of a text: what the caller says, else what its first line says, else what most of its
 * records agree on.
 * @throws FileError INVALID_HEADER if the caller's delimiter can be none.
 */
export const findDialect = ({ head, isCutOff }: Sample, encoding: string, asked: string | undefined): Dialect => {
  const text = decoderOf(encoding).decode(head);
  const newline = findNewline(text);
  const all = text.split(newline).map((line, index) => ({ text: line, end: index }));
  const lines = isCutOff && all.length > 1 ? all.slice(0, -1) : all;
  const [{ text: first } = { text: '' }] = lines;
  const said = delimiterLine.exec(first)?.[1];
  const firstLines = said === undefined ? 0 : 1;
  const known = checked(asked) ?? said ?? rowsHeader.exec(first)?.[1];
  const delimiter = known ?? findDelimiter(lines, { newline, isCutOff });
  return { newline, delimiter, firstLines };
};

/** What ends the first record: a line feed, whatever stands before it, or a carriage return as on old Macs. */
const findNewline = (text: string): FileFormat['newline'] => {
  let isQuoted = false;
  for (const [mark] of text.matchAll(/"|\r+\n?|\n/g)) {
    if (mark === '"') isQuoted = !isQuoted;
    else if (!isQuoted) return mark.endsWith('\n') ? '\n' : '\r';
  }
  return text.includes('\n') || !text.includes('\r') ? '\n' : '\r';
};

const checked = (delimiter: string | undefined): string | undefined => {
  if (delimiter === undefined || (delimiter.length === 1 && !/["\r\n\0\uFFFD]/.test(delimiter))) return delimiter;
  throw new FileError('INVALID_HEADER', `The delimiter must be one character that is neither a quote nor a newline`);
};
