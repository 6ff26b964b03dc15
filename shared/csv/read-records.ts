import type { FileFormat } from '#domain/files/contact-file.ts';
import type { Problem } from '#domain/problem.ts';
import { fileLimits } from './file-limits.ts';
import { type CellReader, cellReader } from './read-cells.ts';
import type { Line } from './read-lines.ts';

/** One record of a file: a row, a header or a blank line. */
export interface FileRecord {
  readonly cells: readonly string[];
  /** The physical line on which it begins, and the last one, from 1. */
  readonly line: number;
  readonly lastLine: number;
  /** Bytes from the place where reading began to what comes after it. */
  readonly end: number;
  readonly problem?: Problem;
}

/** How lines become records. */
export interface RecordRule extends Pick<FileFormat, 'delimiter' | 'newline'> {
  /** Lines that lie before the first one. */
  readonly linesBefore: number;
}

/** A record of which the end has not come yet. */
interface StartedRecord {
  readonly cells: CellReader;
  readonly lines: Line[];
  /** Its first byte. */
  readonly from: number;
}

/**
 * Puts lines together to records, however the lines come. A record whose quote is broken, or open for longer than a row
 * may be, is given up: it is its first line alone, with a problem, and reading resumes at the second line.
 */
export const recordReader = ({ delimiter, newline, linesBefore }: RecordRule) => {
  let line = linesBefore;
  let end = 0;
  let started: StartedRecord | undefined;

  const finish = (record: Pick<FileRecord, 'cells' | 'problem'>, lines: readonly Line[]): FileRecord => {
    const first = line + 1;
    line += lines.length;
    end = lines.at(-1)?.end ?? end;
    started = undefined;
    return { ...record, line: first, lastLine: line, end };
  };

  const readLine = (next: Line): FileRecord | 'open' | 'broken' => {
    const { text, newlineText } = withoutReturn(next.text, newline);
    if (!started && next.isCut) return finish({ cells: [text], problem: tooLong }, [next]);
    if (!started && !text.includes('"')) return finish(checked(text.split(delimiter)), [next]);
    started ??= { cells: cellReader(delimiter), lines: [], from: end };
    started.lines.push(next);
    const state = next.isCut ? 'broken' : started.cells.read(text);
    if (state === 'whole') return finish(checked(started.cells.cells), started.lines);
    started.cells.goOn(newlineText);
    return state === 'open' && next.end - started.from <= fileLimits.rowBytes ? 'open' : 'broken';
  };

  /** Makes a record of the first line, and returns the others to be read again. */
  const giveUp = ({ lines }: StartedRecord): { record: FileRecord; again: readonly Line[] } => {
    const [first, ...again] = lines;
    const cells = withoutReturn(first?.text ?? '', newline).text.split(delimiter);
    return { record: finish({ cells, problem: brokenQuote }, lines.slice(0, 1)), again };
  };

  /** The records that end in these lines or, at the end of the file, with them. */
  const read = (lines: readonly Line[], isEnd: boolean): FileRecord[] => {
    const records: FileRecord[] = [];
    // Lines to be read again come first; the next of them is the last, so that none has to be moved.
    const again: Line[] = [];
    for (let at = 0; ; ) {
      const next = again.pop() ?? lines[at++];
      if (!next && !(isEnd && started)) return records;
      const found = next ? readLine(next) : 'broken';
      if (typeof found === 'object') records.push(found);
      else if (found === 'broken' && started) {
        const given = giveUp(started);
        records.push(given.record);
        for (const line of given.again.toReversed()) again.push(line);
      }
    }
  };

  return { read };
};

const withoutReturn = (text: string, newline: string): { text: string; newlineText: string } => {
  let length = text.length;
  while (newline === '\n' && text.charCodeAt(length - 1) === carriageReturn) length -= 1;
  return length === text.length
    ? { text, newlineText: newline }
    : { text: text.slice(0, length), newlineText: text.slice(length) + newline };
};

const carriageReturn = 13;

const checked = (cells: readonly string[]): Pick<FileRecord, 'cells' | 'problem'> =>
  cells.some((cell) => cell.includes('\uFFFD') || cell.includes('\0')) ? { cells, problem: damagedText } : { cells };

/** Of a row that is longer than a row may be. */
export const tooLong: Problem = {
  code: 'ROW_TOO_LONG',
  field: 'row',
  message: `The row is longer than ${fileLimits.rowBytes / 1024} kB; only its beginning was kept`,
};

const brokenQuote: Problem = {
  code: 'BROKEN_QUOTE',
  field: 'row',
  message: 'A quote is never closed, or closed in the middle of a cell; inside quotes, a quote must be doubled',
};

const damagedText: Problem = {
  code: 'DAMAGED_TEXT',
  field: 'row',
  message:
    'The row has bytes that are no text in the encoding of the file; save the file as UTF-8, or name its encoding',
};
