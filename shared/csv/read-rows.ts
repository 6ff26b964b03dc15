import type { FileFormat, FileRow, Position } from '#domain/contact-file.ts';
import type { Problem } from '#domain/problem.ts';
import type { BoundedSource } from './bounded-source.ts';
import { fileLimits } from './file-limits.ts';
import { type PlacedRecord, readPlacedRecords } from './read-placed-records.ts';

/** The rows of a file from a position on, however its bytes come; blank ones are left out. */
export async function* readRows(
  source: BoundedSource,
  format: FileFormat,
  after: Position,
): AsyncGenerator<FileRow, void> {
  const least = leastCells(format);
  let { row } = after;
  for await (const records of readPlacedRecords(source, format, after)) {
    for (const record of records) {
      if (isBlank(record)) continue;
      row += 1;
      yield rowOf(record, row, { least, most: format.width });
    }
  }
}

/** Whether a record has no filled cell; a line may also be the mark of an old system for the end of its file. */
export const isBlank = ({ cells, problem }: PlacedRecord): boolean =>
  !problem && cells.every((cell) => cell === '' || cell === '\u001A' || cell.trim() === '');

interface Width {
  readonly least: number;
  readonly most: number;
}

/** A column without a name at the end of the header may be missing; one with a name may not, or cells would shift. */
const leastCells = ({ header, width }: FileFormat): number =>
  header ? header.findLastIndex((name) => name.trim() !== '') + 1 : width;

const rowOf = ({ cells, line, next, problem }: PlacedRecord, row: number, width: Width): FileRow => {
  const fitting = cells.length > width.most && isEmptyFrom(cells, width.most) ? cells.slice(0, width.most) : cells;
  const isRagged = fitting.length < width.least || fitting.length > width.most;
  const found = problem ?? (isRagged ? raggedRow(cells.length, width) : undefined);
  const kept = fitting.length > fileLimits.columns ? fitting.slice(0, fileLimits.columns) : fitting;
  return { row, line, cells: kept, position: { ...next, row }, ...(found && { problem: found }) };
};

const isEmptyFrom = (cells: readonly string[], from: number): boolean =>
  cells.slice(from).every((cell) => cell.trim() === '');

const raggedRow = (count: number, { least, most }: Width): Problem => ({
  code: 'RAGGED_ROW',
  field: 'row',
  message: `The row has ${count} cells where ${least === most ? most : `${least} to ${most}`} belong`,
});
