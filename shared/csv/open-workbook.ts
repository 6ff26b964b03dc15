import type { FileFormat, SheetPlace, ZipEntry } from '#domain/files/contact-file.ts';
import { FileError } from '#domain/files/file-error.ts';
import type { FileOptions } from '#domain/files/upload.ts';
import type { BoundedSource } from './bounded-source.ts';
import { findSheet } from './find-sheet.ts';
import type { PlacedRecord } from './read-placed-records.ts';
import { isBlank } from './read-rows.ts';
import { readSheet } from './read-sheet.ts';
import { refuseUnfit } from './refuse-unfit.ts';

/** Rows in which the header is looked for, and rows by which the width of the table is found. */
const headerRows = 20;
const widthRows = 1000;

/**
 * Finds out how a workbook is to be read. Titles stand above tables: its header is the first row that has nearly as many filled
 * cells as any row before the first with an e-mail address, and more than one; of a table with one column, the first with any.
 * @throws FileError EMPTY_FILE, INVALID_HEADER, FILE_DAMAGED or FILE_TOO_LARGE.
 */
export const openWorkbook = async (
  source: BoundedSource,
  find: (path: string) => Promise<ZipEntry | undefined>,
  { sheet }: FileOptions,
): Promise<FileFormat> => {
  const { place, notes } = await findSheet(source, find, sheet);
  const first = await firstRows(source, place);
  const [top] = first;
  if (!top) throw new FileError('EMPTY_FILE', ['The sheet has no row with anything in it', ...notes].join('. '));
  const early = first.slice(0, headerRows);
  const header = headerIn(early) ?? top;
  refuseUnfit(header);
  const isOfPeople = hasAddress(header);
  const width = Math.max(...first.filter(({ line }) => line >= header.line).map(widthOf));
  const cells = Array.from({ length: width }, (_, index) => header.cells[index] ?? '');
  const above = early.filter(({ line }) => line < header.line).map(({ line }) => line);
  return {
    ...{ compression: 'zip', kind: 'workbook', place, encoding: 'utf-8', delimiter: ',', newline: '\n', width },
    ...(!isOfPeople && { header: cells }),
    start: { row: 0, line: isOfPeople ? header.line - 1 : header.line },
    notes: [
      ...notes,
      ...(above.length > 0 ? [`Above the table, and not read: ${above.map((line) => `row ${line}`).join(', ')}`] : []),
    ],
  };
};

const headerIn = (rows: readonly PlacedRecord[]): PlacedRecord | undefined => {
  const wide = rows.filter((record) => filledIn(record) > 1);
  const firstPerson = wide.findIndex(hasAddress);
  const above = firstPerson > 0 ? wide.slice(0, firstPerson) : wide.slice(0, 1);
  const most = Math.max(...above.map(filledIn));
  return above.find((record) => 4 * filledIn(record) >= 3 * most);
};

const hasAddress = ({ cells }: PlacedRecord): boolean => cells.some((cell) => /[^\s@]@[^\s@]/.test(cell));

const firstRows = async (source: BoundedSource, place: SheetPlace): Promise<PlacedRecord[]> => {
  const rows: PlacedRecord[] = [];
  for await (const records of readSheet(source, place, { line: 0 })) {
    rows.push(...records.filter((record) => !isBlank(record)));
    if (rows.length >= widthRows) break;
  }
  return rows.slice(0, widthRows);
};

const filledIn = ({ cells }: PlacedRecord): number => cells.filter((cell) => cell.trim() !== '').length;

const widthOf = ({ cells }: PlacedRecord): number => cells.findLastIndex((cell) => cell.trim() !== '') + 1;
