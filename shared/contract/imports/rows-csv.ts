import { stringify } from 'csv-stringify/sync';
import type { FileFacts } from '#domain/files/upload.ts';
import type { ImportRow, RowOutcome } from '#domain/imports/import-session.ts';
import { contactColumnNames, contactColumns, originColumnNames } from '../files/contact-columns.ts';

/** A row of an import with what became of it. */
interface Row {
  readonly row: ImportRow;
  readonly outcome: RowOutcome;
}

/** What is known of the file that the rows come from, if they come from one, and the place of the rest of the rows. */
interface About {
  readonly file?: FileFacts | undefined;
  /** The path of the next part, if this is not the last one. */
  readonly next?: string | undefined;
}

/**
 * Rows of an import as a file that can be corrected and imported again, with what went wrong; rows of a file as they
 * were there. If rows are missing, the last line says how to get them. A cell that a spreadsheet would take for a
 * formula begins with an apostrophe, which an import takes off again.
 */
export const rowsCsv = (rows: readonly Row[], { file, next }: About = {}): string => {
  const rest = next === undefined ? [] : [moreRows(next)];
  return file && !file.isJson ? rowsOfFile(rows, file, rest) : rowsOfRequest(rows, rest);
};

/**
 * What the error of the last line says; an import of this file fails that line with it, so that it cannot be
 * overlooked.
 */
const moreRows = (next: string): string => `MORE_ROWS: This file is not complete. The next rows are at ${next}`;

/** How many bytes a row takes in the JSON of an answer with rows as a file. */
export const answerBytesOf = ({ row, outcome }: Row, file?: FileFacts): number => {
  const isOfTable = file && !file.isJson;
  const cells = isOfTable ? (row.cells ?? []) : Object.values(cellsOf(row));
  const line = stringify([[String(outcome.line ?? ''), errorOf(outcome), ...cells]], writing);
  return Buffer.byteLength(JSON.stringify(line)) + (isOfTable ? 0 : emptyCellsBytes);
};

/** Rows of requests have a cell for each custom field that any of them has. */
const emptyCellsBytes = 600;

/** The canonical columns, those of the custom fields that occur, and the error. */
const rowsOfRequest = (rows: readonly Row[], rest: readonly string[]): string => {
  const cells = rows.map(({ row, outcome }) => ({ ...cellsOf(row), error: errorOf(outcome) }));
  const names = new Set(cells.flatMap((row) => Object.keys(row)));
  const fieldIds = [...names].filter((name) => /^\d+$/.test(name)).sort((one, other) => Number(one) - Number(other));
  const columns = [...contactColumnNames, ...fieldIds, ...originColumnNames.filter((name) => names.has(name)), 'error'];
  return stringify([...cells, ...rest.map((error) => ({ error }))], { header: true, columns, ...writing });
};

const cellsOf = (row: ImportRow): Readonly<Record<string, string>> =>
  'draft' in row ? contactColumns(row.draft) : row.values;

const ownColumns = ['line', 'error'];

/**
 * The columns of the file in their order, after the line and the error: so a row with a cell too many or too few is one
 * again until it is corrected. The delimiter is that of the file, and the byte order mark says that this is UTF-8.
 */
const rowsOfFile = (rows: readonly Row[], { header, delimiter }: FileFacts, rest: readonly string[]): string => {
  // A file that was such an export itself does not grow by two columns each time.
  const from = ownColumns.every((name, index) => header[index] === name) ? ownColumns.length : 0;
  const columns = header.slice(from);
  const lines = rows.map(({ row, outcome }) => [
    outcome.line === undefined ? '' : String(outcome.line),
    errorOf(outcome),
    ...(row.cells ?? []).slice(from),
  ]);
  const last = rest.map((error) => ['', error, ...columns.map(() => '')]);
  return stringify([[...ownColumns, ...columns], ...lines, ...last], { ...writing, delimiter, bom: true });
};

/** Newlines of any kind are quoted, not only those that end a row. */
const writing = { record_delimiter: '\r\n', quote_record_delimiter: true, escape_formulas: true } as const;

/** Why a row failed, else what was left out of it. */
const errorOf = ({ error, warnings = [] }: RowOutcome): string =>
  (error ? [error] : warnings).map(({ code, message }) => `${code}: ${message}`).join('; ');
