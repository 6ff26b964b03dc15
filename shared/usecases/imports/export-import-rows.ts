import type { Ambient } from '#domain/ambient.ts';
import type { FileFacts } from '#domain/files/upload.ts';
import type { ImportChunk, ImportRow, RowOutcome } from '#domain/imports/import-session.ts';
import type { ImportFiles, ImportStore } from '#domain/imports/ports.ts';
import type { Page } from '#domain/page.ts';
import { findImport } from './find-import.ts';
import { positionOf, type RowsRequest } from './rows-request.ts';
import { type OutcomePorts, walkOutcomes } from './walk-outcomes.ts';

export interface ExportRowsPorts extends OutcomePorts, Pick<Ambient, 'now'> {
  readonly imports: Pick<ImportStore, 'find' | 'listChunks'>;
  readonly importFiles: Pick<ImportFiles, 'readOutcomes' | 'readRows'>;
  /** How many bytes a row takes in the answer. */
  readonly answerBytesOf: (row: ExportedRow, file?: FileFacts) => number;
}

/** A row as it was submitted, with its outcome. */
export interface ExportedRow {
  readonly row: ImportRow;
  readonly outcome: RowOutcome;
}

/** What is known of the file that the rows come from, if they come from one. */
interface OfFile {
  readonly file?: FileFacts;
}

export type ExportedRows = Page<ExportedRow> & OfFile;

/** The largest answer with rows, in bytes of JSON, below the 6 MB that a function can answer (an AWS Lambda limit). */
const maxAnswerBytes = 5_500_000;

/** How long one answer collects rows: its function has 15 seconds, and its caller waits 30. */
const budgetMilliseconds = 8_000;

/**
 * The rows of an import as they were submitted, with their outcomes, in row order: all of them if they fit one answer, and
 * otherwise a part with the cursor of the rest.
 * @throws RollcallError NOT_FOUND, or INVALID_REQUEST for a cursor that is none.
 */
export const exportImportRows = async (
  ports: ExportRowsPorts,
  { sessionId, wanted, page: { limit, cursor } }: RowsRequest,
): Promise<ExportedRows> => {
  const deadline = Date.parse(ports.now()) + budgetMilliseconds;
  const session = await findImport(ports.imports, sessionId);
  const ofFile: OfFile = session.file ? { file: session.file } : {};
  const after = positionOf(cursor);
  const items: ExportedRow[] = [];
  let bytes = 0;
  for await (const { index, outcomes, chunks } of walkOutcomes(ports, session, { from: after.batch, wanted })) {
    const fresh = index === after.batch ? outcomes.filter(({ row }) => row > after.row) : outcomes;
    const rows = fresh.length > 0 ? await readRows(ports.importFiles, chunks) : new Map<number, ImportRow>();
    for (const outcome of fresh) {
      const row = rows.get(outcome.row);
      if (!row) continue;
      bytes += ports.answerBytesOf({ row, outcome }, session.file);
      const isFull = items.length === limit || (bytes > maxAnswerBytes && items.length > 0);
      if (isFull) return { ...ofFile, items, cursor: `${index}.${outcome.row - 1}` };
      items.push({ row, outcome });
    }
    if (fresh.length > 0 && Date.parse(ports.now()) >= deadline) return { ...ofFile, items, cursor: `${index + 1}.0` };
  }
  return { ...ofFile, items };
};

const readRows = async (
  importFiles: ExportRowsPorts['importFiles'],
  chunks: readonly ImportChunk[],
): Promise<Map<number, ImportRow>> => {
  const rows = new Map<number, ImportRow>();
  for (const chunk of chunks) for (const row of await importFiles.readRows(chunk)) rows.set(row.row, row);
  return rows;
};
