import type { FileFormat, OpenedFile } from '#domain/files/contact-file.ts';
import { FileError } from '#domain/files/file-error.ts';
import type { FileOptions } from '#domain/files/upload.ts';
import { type BoundedSource, tooLarge } from './bounded-source.ts';
import { decoderOf } from './decoder.ts';
import { findDialect } from './find-dialect.ts';
import { findEncoding } from './find-encoding.ts';
import { findPacking } from './find-packing.ts';
import { jsonFormOf } from './json-form.ts';
import { openAudience } from './open-audience.ts';
import { openWorkbook } from './open-workbook.ts';
import type { Packing } from './read-content.ts';
import { jsonHeader } from './read-json.ts';
import { type RecordFormat, readPlacedRecords } from './read-placed-records.ts';
import { isBlank, readRows, surplusOf } from './read-rows.ts';
import { isVcard } from './read-vcards.ts';
import { refuseUnfit } from './refuse-unfit.ts';
import { takeSample } from './take-sample.ts';
import { vcardHeader } from './vcard-cells.ts';

/**
 * Finds out how a file of contacts is to be read, from its content and never from its name (contract 4.9).
 * @throws FileError if no row of it can be read.
 */
export const openFile = async (source: BoundedSource, options: FileOptions): Promise<OpenedFile> => {
  if (source.size > source.maxBytes) throw tooLarge(source);
  const format = await findFormat(source, options);
  if (JSON.stringify(format).length > maxFormatLength) {
    throw new FileError(
      'INVALID_HEADER',
      'The headers of the file are longer than can be kept; send its lists one by one',
    );
  }
  return resumeFile(source, format);
};

/** What is found out of a file is kept in one item of the table beside it (an AWS DynamoDB limit: 400 kB). */
const maxFormatLength = 150_000;

const findFormat = async (source: BoundedSource, options: FileOptions): Promise<FileFormat> => {
  const packing = await findPacking(source);
  if ('compression' in packing) {
    const format = await openText(source, packing, options);
    const notes = options.sheet === undefined ? [] : ['sheet is not followed, as the file is no workbook'];
    return { ...format, notes: [...format.notes, ...notes] };
  }
  return packing.kind === 'workbook'
    ? openWorkbook(source, packing.find, options)
    : openAudience(packing.files, (entry) => openText(source, { compression: 'zip', entry }, options));
};

/** Finds out how a text is to be read: as JSON, as vCards or as a table. */
const openText = async (source: BoundedSource, packing: Packing, options: FileOptions): Promise<FileFormat> => {
  const sample = await takeSample(source, packing);
  const { encoding, note } = findEncoding(sample, options.encoding);
  const notes = note ? [note] : [];
  const head = decoderOf(encoding).decode(sample.head);
  const whole = { ...packing, encoding, delimiter: ',', newline: '\n', start: beginning, notes } as const;
  const jsonForm = jsonFormOf(head);
  if (jsonForm) return { ...whole, kind: 'json', jsonForm, header: jsonHeader, width: jsonHeader.length };
  if (isVcard(head)) {
    const newline = head.includes('\n') ? '\n' : '\r';
    return {
      ...whole,
      newline,
      kind: 'vcard',
      header: vcardHeader,
      width: vcardHeader.length,
      notes: [...notes, vcardNote],
    };
  }
  const { firstLines, ...dialect } = findDialect(sample, encoding, options.delimiter);
  const format = { ...packing, encoding, ...dialect };
  const header = await findHeader(source, format, firstLines);
  const surplus = await usualSurplus(source, format, header);
  return { ...format, ...header, ...(surplus > 0 && { surplus }), notes };
};

const beginning = { row: 0, line: 0 };

const vcardNote =
  'Of vCards are read: names, e-mail addresses, phones, the first address, birthday, language, time zone, UID and categories';

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
