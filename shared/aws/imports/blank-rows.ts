import type { ImportRow } from '#domain/imports/import-session.ts';
import { problemCodes } from '#domain/problem.ts';

/**
 * A line in the place of a row that was erased: its number and white space, as long in bytes as the row was, so that
 * every chunk still finds its rows. A row says more than its number, so there is always room.
 */
export const blankLine = (line: string, row: number): string => {
  const blank = JSON.stringify({ row });
  return blank + ' '.repeat(Buffer.byteLength(line) - Buffer.byteLength(blank));
};

/** The number of the row of a line; none of an empty line. */
export const rowNumberOf = (line: string): number | undefined =>
  line === '' ? undefined : (JSON.parse(line) as ImportRow).row;

/** A line of rows; one that was blanked is a refused row without values. */
export const readRow = (line: string): ImportRow => {
  const row: ImportRow | Pick<ImportRow, 'row'> = JSON.parse(line);
  if ('draft' in row || 'errors' in row) return row;
  const error = { code: 'ROW_ERASED', field: 'row', message: problemCodes.ROW_ERASED } as const;
  return { row: row.row, errors: [error], values: {} };
};
