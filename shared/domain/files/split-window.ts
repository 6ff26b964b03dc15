import { type ChunkRule, chunkRows, rowsPerChunk } from '../imports/chunk-rows.ts';
import type { ImportRow } from '../imports/import-session.ts';
import type { FileColumns, FileRow, Position } from './contact-file.ts';
import { FileError } from './file-error.ts';
import { maxChunksPerWindow } from './ports.ts';

/** Rows of a file that are cut into chunks together: of those that mean the same contact, the later wins. */
const rowsPerWindow = 10_000;

/** What the cells of a window may weigh, so that long and wide rows do not fill the memory. */
const maxWindowWeight = 5_000_000;

/** What a cell weighs beside its characters: each becomes a few small objects. */
const cellWeight = 10;

/** A run of a file's rows. */
export interface FileWindow {
  readonly rows: readonly ImportRow[];
  /** Where reading resumes; absent at the end of the file. */
  readonly position?: Position;
  /** Why the file cannot be read any further. */
  readonly error?: FileError;
}

/** The rows of a file, window after window; the last one, which may be empty, has no position or an error. */
export async function* windowsOf(
  rows: AsyncIterable<FileRow>,
  columns: Pick<FileColumns, 'readRow'>,
  size = rowsPerWindow,
): AsyncGenerator<FileWindow, void> {
  let window: ImportRow[] = [];
  let weight = 0;
  let position: Position | undefined;
  try {
    for await (const row of rows) {
      window.push(columns.readRow(row));
      ({ position } = row);
      for (const cell of row.cells) weight += cellWeight + cell.length;
      if (window.length < size && weight < maxWindowWeight) continue;
      yield { rows: window, position };
      window = [];
      weight = 0;
    }
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    yield { rows: window, ...(position && { position }), error };
    return;
  }
  yield { rows: window };
}

/** Cuts the rows of a window into chunks, larger ones if there would be more than can be added at once. */
export const chunksOfWindow = (rows: readonly ImportRow[], rule: ChunkRule): ImportRow[][] => {
  for (let size = rowsPerChunk; ; size *= 2) {
    const chunks = chunkRows(rows, rule, size);
    if (chunks.length <= maxChunksPerWindow) return chunks;
  }
};
