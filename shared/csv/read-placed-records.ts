import type { FileFormat, Position } from '#domain/files/contact-file.ts';
import type { BoundedSource } from './bounded-source.ts';
import { readContent } from './read-content.ts';
import { type Line, readLines } from './read-lines.ts';
import { type FileRecord, recordReader } from './read-records.ts';
import { asUtf8, isCutBeforeDecoding, lineDecoder } from './text-decoder.ts';

/** What it takes to read the records of a file. */
export type RecordFormat = Pick<FileFormat, 'compression' | 'entry' | 'encoding' | 'delimiter' | 'newline'>;

/** A record and the place after it; the number of its row is not known yet. */
export interface PlacedRecord extends FileRecord {
  readonly next: Omit<Position, 'row'>;
}

/**
 * The records of a file from a position on, some at a time. If text can be read from any byte on, it is; else the file
 * is read from its beginning, and the lines before are skipped.
 */
export async function* readPlacedRecords(
  source: BoundedSource,
  format: RecordFormat,
  after: Position,
): AsyncGenerator<PlacedRecord[], void> {
  const isDirect = format.compression === 'none' && isCutBeforeDecoding(format.encoding);
  const from = isDirect ? after.byte : undefined;
  const records = recordReader({ ...format, linesBefore: after.line });
  const placed = (record: FileRecord): PlacedRecord => ({
    ...record,
    next: { line: record.lastLine, ...(isDirect && { byte: (from ?? 0) + record.end }) },
  });

  let toSkip = from === undefined ? after.line : 0;
  for await (const lines of linesFrom(source, format, from)) {
    const fresh = toSkip > 0 ? lines.slice(toSkip) : lines;
    toSkip -= lines.length - fresh.length;
    if (fresh.length > 0) yield records.read(fresh, false).map(placed);
  }
  yield records.read([], true).map(placed);
}

/** The lines of a file, decoded, from a byte on. */
export async function* linesFrom(
  source: BoundedSource,
  format: Omit<RecordFormat, 'delimiter'>,
  from = 0,
): AsyncGenerator<readonly Line[], void> {
  const content = readContent(source, format, from);
  const isCutFirst = isCutBeforeDecoding(format.encoding);
  const decode = lineDecoder(isCutFirst ? format.encoding : 'utf-8');
  let mayBeMarked = from === 0;
  for await (const lines of readLines(isCutFirst ? content : asUtf8(content, format.encoding), { ...format, decode })) {
    yield mayBeMarked ? withoutMark(lines) : lines;
    mayBeMarked = false;
  }
}

/** The first line begins after the byte order mark, of which joined files have several. */
const withoutMark = ([first, ...others]: readonly Line[]): readonly Line[] =>
  first ? [{ ...first, text: first.text.replace(/^\uFEFF+/, '') }, ...others] : [];
