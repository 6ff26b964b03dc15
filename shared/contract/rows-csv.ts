import { stringify } from 'csv-stringify/sync';
import type { ImportRow, RowOutcome } from '#domain/import-session.ts';
import { contactColumnNames, contactColumns } from './contact-columns.ts';

/**
 * Rows of an import as a file that can be mended and imported again: the canonical columns, those of the custom fields
 * that occur, and what went wrong. A cell that a spreadsheet would take for a formula begins with an apostrophe.
 */
export const rowsCsv = (rows: readonly { readonly row: ImportRow; readonly outcome: RowOutcome }[]): string => {
  const cells = rows.map(({ row, outcome }) => ({
    ...('draft' in row ? contactColumns(row.draft) : row.values),
    error: outcome.error ? `${outcome.error.code}: ${outcome.error.message}` : '',
  }));
  const fieldIds = [...new Set(cells.flatMap((row) => Object.keys(row)))].filter((name) => /^\d+$/.test(name));
  const columns = [...contactColumnNames, ...fieldIds.sort((one, other) => Number(one) - Number(other)), 'error'];
  return stringify(cells, { header: true, columns, record_delimiter: '\r\n', escape_formulas: true });
};
