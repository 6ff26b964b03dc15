import type { FileFormat, OpenedFile } from '#domain/files/contact-file.ts';
import { FileError } from '#domain/files/file-error.ts';
import type { FileOptions } from '#domain/files/upload.ts';
import { type BoundedSource, tooLarge } from './bounded-source.ts';
import { fileLimits } from './file-limits.ts';
import { findDialect } from './find-dialect.ts';
import { findEncoding } from './find-encoding.ts';
import { findPacking } from './find-packing.ts';
import { type PlacedRecord, type RecordFormat, readPlacedRecords } from './read-placed-records.ts';
import { isBlank, readRows, surplusOf } from './read-rows.ts';
import { takeSample } from './take-sample.ts';

/**
 * Finds out how a file of contacts is to be read, from its content and never from its name (contract 4.9).
 * @throws FileError if no row of it can be read.
 */
export const openFile = async (source: BoundedSource, options: FileOptions): Promise<OpenedFile> => {
  if (source.size > source.maxBytes) throw tooLarge(source);
  const packing = await findPacking(source);
  const sample = await takeSample(source, packing);
  const { encoding, note } = findEncoding(sample, options.encoding);
  const { firstLines, ...dialect } = findDialect(sample, encoding, options.delimiter);
  const format = { ...packing, encoding, ...dialect };
  const header = await findHeader(source, format, firstLines);
  const surplus = await usualSurplus(source, format, header);
  const found = { ...format, ...header, ...(surplus > 0 && { surplus }) };
  return resumeFile(source, { ...found, notes: note ? [note] : [] });
};

/** Goes on with a file of which the format was found out before. */
export const resumeFile = (source: BoundedSource, format: FileFormat): OpenedFile => ({
  format,
  rows: (after = format.start) => readRows(source, format, after),
});

/** The first record with a filled cell is the header, unless a cell of it is an e-mail address (contract 4.9). */
const findHeader = async (
  source: BoundedSource,
  format: RecordFormat,
  linesBefore: number,
): Promise<Pick<FileFormat, 'header' | 'width' | 'start'>> => {
  const beginning = { row: 0, line: 0 };
  let before = beginning;
  for await (const records of readPlacedRecords(source, format, beginning)) {
    for (const record of records) {
      const { cells, line, next } = record;
      if (line > linesBefore && !isBlank(record)) {
        refuseUnfit(record);
        const width = cells.length;
        return cells.some(isAddress) ? { width, start: before } : { header: cells, width, start: { row: 0, ...next } };
      }
      before = { row: 0, ...next };
    }
  }
  throw new FileError('EMPTY_FILE', 'The file has no line with anything in it');
};

/** As many rows as are looked at for what is usual. */
const maxRows = 200;

/** Programs that end each row, but not the header, with a delimiter leave an empty cell there. */
const usualSurplus = async (
  source: BoundedSource,
  format: RecordFormat,
  { width, start }: Pick<FileFormat, 'width' | 'start'>,
): Promise<number> => {
  const surpluses: number[] = [];
  for await (const records of readPlacedRecords(source, format, start)) {
    for (const record of records) if (!isBlank(record)) surpluses.push(surplusOf(record, width));
    if (surpluses.length >= maxRows) break;
  }
  const looked = surpluses.slice(0, maxRows);
  const isUsual = ([, rows]: [number, number[]]) => rows.length > 1 && 2 * rows.length > looked.length;
  // One row alone, or some of them, may as well have a delimiter in a text.
  return [...Map.groupBy(looked, (surplus) => surplus)].find(isUsual)?.[0] ?? 0;
};

const isAddress = (cell: string): boolean => /[^\s@]@[^\s@]/.test(cell);

/** The header is kept with the import, in one item of the table. */
const refuseUnfit = ({ cells, line, problem }: PlacedRecord): void => {
  if (problem) throw new FileError('INVALID_HEADER', `Line ${line}, where the header belongs: ${problem.message}`);
  const isLong = cells.reduce((length, cell) => length + cell.length, 0) > fileLimits.headerLength;
  if (!isLong && cells.length <= fileLimits.columns) return;
  const most = `${fileLimits.columns} columns and ${fileLimits.headerLength} characters`;
  throw new FileError('INVALID_HEADER', `Line ${line}, where the header belongs, has more than ${most}`);
};
