import type { FileFormat, FileRow, Position } from '#domain/files/contact-file.ts';
import type { Problem } from '#domain/problem.ts';
import type { BoundedSource } from './bounded-source.ts';
import { fileLimits } from './file-limits.ts';
import { readFormat } from './read-format.ts';
import type { PlacedRecord } from './read-placed-records.ts';

/** The rows of a file from a position on, however its bytes come; blank ones are left out. */
export async function* readRows(
  source: BoundedSource,
  format: FileFormat,
  after: Position,
): AsyncGenerator<FileRow, void> {
  if (format.parts) return yield* readParts(source, format, after);
  const width = { least: leastCells(format), most: format.width, surplus: format.surplus ?? 0 };
  let { row } = after;
  for await (const records of readFormat(source, format, after)) {
    for (const record of records) {
      if (isBlank(record)) continue;
      row += 1;
      yield rowOf(format.place ? padded(record, format.width) : record, row, width);
    }
  }
}

/** The rows of several tables, one after another, each with the columns of the whole. */
async function* readParts(source: BoundedSource, format: FileFormat, after: Position): AsyncGenerator<FileRow, void> {
  let { row } = after;
  const { part: first = 0 } = after;
  for (const [part, { entry, name, status, columns, ...own }] of (format.parts ?? []).entries()) {
    if (part < first) continue;
    const { parts: _, ...whole } = format;
    const from = part === first && after.row > 0 ? after : own.start;
    for await (const one of readRows(source, { ...whole, ...own, entry }, { row, line: from.line })) {
      ({ row } = one);
      const cells = [...columns.map((index) => one.cells[index] ?? ''), status, name];
      yield { ...one, cells, entry: name, position: { row, line: one.position.line, part } };
    }
  }
}

/** A sheet has no cells behind the last filled one of a row. */
const padded = (record: PlacedRecord, width: number): PlacedRecord => {
  if (record.problem || record.cells.length === width) return record;
  const filled = record.cells.findLastIndex((cell) => cell.trim() !== '') + 1;
  const cells = record.cells.slice(0, Math.max(width, filled));
  return { ...record, cells: [...cells, ...Array.from({ length: Math.max(0, width - cells.length) }, () => '')] };
};

/** Whether a record has no filled cell; a line may also be the mark of an old system for the end of its file. */
export const isBlank = ({ cells, problem }: PlacedRecord): boolean =>
  !problem && cells.every((cell) => cell === '' || cell === '\u001A' || cell.trim() === '');

/** Empty cells of a record beyond a width; none if one of them is filled. */
export const surplusOf = ({ cells }: PlacedRecord, width: number): number =>
  cells.length > width && cells.slice(width).every((cell) => cell.trim() === '') ? cells.length - width : 0;

interface Width {
  readonly least: number;
  readonly most: number;
  readonly surplus: number;
}

/** A column without a name at the end of the header may be missing; one with a name may not, or cells would shift. */
const leastCells = ({ header, width }: FileFormat): number =>
  header ? header.findLastIndex((name) => name.trim() !== '') + 1 : width;

/** Only a row with at most as many empty cells at its end as most have is cut: one more may be a delimiter in a text. */
const rowOf = (record: PlacedRecord, row: number, width: Width): FileRow => {
  const { cells, line, next, problem } = record;
  const surplus = surplusOf(record, width.most);
  const fitting = surplus > 0 && surplus <= width.surplus ? cells.slice(0, width.most) : cells;
  const isRagged = fitting.length < width.least || fitting.length > width.most;
  const found = problem ?? (isRagged ? raggedRow(cells.length, width) : undefined);
  const kept = fitting.length > fileLimits.columns ? fitting.slice(0, fileLimits.columns) : fitting;
  return { row, line, cells: kept, position: { ...next, row }, ...(found && { problem: found }) };
};

const raggedRow = (count: number, { least, most }: Width): Problem => ({
  code: 'RAGGED_ROW',
  field: 'row',
  message: `The row has ${count} cells where ${least === most ? most : `${least} to ${most}`} belong`,
});
