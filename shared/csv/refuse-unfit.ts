import { FileError } from '#domain/files/file-error.ts';
import { fileLimits } from './file-limits.ts';
import type { PlacedRecord } from './read-placed-records.ts';

/**
 * Refuses a header that is none, or too long to be kept with the import, in one item of the table.
 * @throws FileError INVALID_HEADER.
 */
export const refuseUnfit = ({ cells, line, problem }: PlacedRecord): void => {
  if (problem) throw new FileError('INVALID_HEADER', `Line ${line}, where the header belongs: ${problem.message}`);
  const isLong = cells.reduce((length, cell) => length + cell.length, 0) > fileLimits.headerLength;
  if (!isLong && cells.length <= fileLimits.columns) return;
  const most = `${fileLimits.columns} columns and ${fileLimits.headerLength} characters`;
  throw new FileError('INVALID_HEADER', `Line ${line}, where the header belongs, has more than ${most}`);
};
