import { stringify } from 'csv-stringify/sync';
import type { FileFacts } from '#domain/files/upload.ts';
import type { ImportRow, RowOutcome } from '#domain/imports/import-session.ts';
import { contactColumnNames, contactColumns } from '../files/contact-columns.ts';

/** A row of an import with what became of it. */
interface Row {
  readonly row: ImportRow;
  readonly outcome: RowOutcome;
}

/**
 * Rows of an import as a file that can be mended and imported again, with what went wrong; those of a file as they were
 * there. A cell that a spreadsheet would take for a formula begins with an apostrophe, which an import takes off again.
 */
export const rowsCsv = (rows: readonly Row[], file?: FileFacts): string =>
  file ? rowsOfFile(rows, file) : rowsOfRequest(rows);

/** The canonical columns, those of the custom fields that occur, and the error. */
const rowsOfRequest = (rows: readonly Row[]): string => {
  const cells = rows.map(({ row, outcome }) => ({
    ...('draft' in row ? contactColumns(row.draft) : row.values),
    error: errorOf(outcome),
  }));
  const fieldIds = [...new Set(cells.flatMap((row) => Object.keys(row)))].filter((name) => /^\d+$/.test(name));
  const columns = [...contactColumnNames, ...fieldIds.sort((one, other) => Number(one) - Number(other)), 'error'];
  return stringify(cells, { header: true, columns, ...writing });
};

const ownColumns = ['line', 'error'];

/**
 * The columns of the file in their order, after the line and the error: so a row with a cell too many or too few is one
 * again until it is mended. The delimiter is that of the file, and the byte order mark tells any reader that this is UTF-8.
 */
const rowsOfFile = (rows: readonly Row[], { header, delimiter }: FileFacts): string => {
  // A file that was such an export itself does not grow by two columns each time.
  const from = ownColumns.every((name, index) => header[index] === name) ? ownColumns.length : 0;
  const lines = rows.map(({ row, outcome }) => [
    outcome.line === undefined ? '' : String(outcome.line),
    errorOf(outcome),
    ...(row.cells ?? []).slice(from),
  ]);
  return stringify([[...ownColumns, ...header.slice(from)], ...lines], { ...writing, delimiter, bom: true });
};

/** Newlines of any kind are quoted, not only those that end a row. */
const writing = { record_delimiter: '\r\n', quote_record_delimiter: true, escape_formulas: true } as const;

/** Why a row failed, else what was left out of it. */
const errorOf = ({ error, warnings = [] }: RowOutcome): string =>
  (error ? [error] : warnings).map(({ code, message }) => `${code}: ${message}`).join('; ');
