import type { Ambient } from '#domain/ambient.ts';
import { RollcallError } from '#domain/error.ts';
import type { FileFacts } from '#domain/files/upload.ts';
import type { ImportChunk, ImportRow, RowOutcome, WantedRows } from '#domain/imports/import-session.ts';
import type { ImportFiles, ImportStore } from '#domain/imports/ports.ts';
import type { ImportUndo, UndoneRow } from '#domain/imports/undone-rows.ts';
import type { Page, PageRequest } from '#domain/page.ts';
import { findImport } from './find-import.ts';
import { type OutcomePorts, walkOutcomes } from './walk-outcomes.ts';

export interface ListRowsPorts extends OutcomePorts {
  readonly imports: Pick<ImportStore, 'find' | 'listChunks'>;
  readonly importFiles: Pick<ImportFiles, 'readOutcomes' | 'readUndone'>;
}

export interface ExportRowsPorts extends OutcomePorts, Pick<Ambient, 'now'> {
  readonly imports: Pick<ImportStore, 'find' | 'listChunks'>;
  readonly importFiles: Pick<ImportFiles, 'readOutcomes' | 'readRows'>;
  /** How many bytes a row takes in the answer. */
  readonly answerBytesOf: (row: ExportedRow, file?: FileFacts) => number;
}

/** Which rows of which import. */
export interface RowsRequest {
  readonly sessionId: string;
  readonly wanted: WantedRows;
  readonly page: PageRequest;
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

/** Batches that one page of outcomes reads; it may then end short of its limit. */
const batchesPerPage = 40;

/** The largest answer with rows, in bytes of JSON, below the 6 MB that a function can answer (an AWS Lambda limit). */
const maxAnswerBytes = 5_500_000;

/** How long one answer collects rows: its function has 15 seconds, and its caller waits 30. */
const budgetMilliseconds = 8_000;

/**
 * What became of the rows of an import, in row order; those of chunks that are not over yet are missing.
 * @throws RollcallError NOT_FOUND, or INVALID_REQUEST for a cursor that is none.
 */
export const listImportRows = async (
  ports: ListRowsPorts,
  { sessionId, wanted, page: { limit, cursor } }: RowsRequest,
): Promise<Page<RowOutcome>> => {
  const session = await findImport(ports.imports, sessionId);
  const after = positionOf(cursor);
  const items: RowOutcome[] = [];
  let read = 0;
  for await (const { index, outcomes, chunks } of walkOutcomes(ports, session, { from: after.batch, wanted })) {
    const fresh = index === after.batch ? outcomes.filter(({ row }) => row > after.row) : outcomes;
    const taken = fresh.slice(0, limit - items.length);
    const undone = session.undo ? await readUndone(ports, chunks, session.undo) : new Map<number, UndoneRow>();
    items.push(...taken.map((row) => withUndo(row, undone.get(row.row))));
    if (chunks.length > 0) read += 1;
    const last = taken.at(-1);
    if (taken.length < fresh.length && last) return { items, cursor: `${index}.${last.row}` };
    if (items.length === limit || read === batchesPerPage) return { items, cursor: `${index + 1}.0` };
  }
  return { items };
};

/** What undoing made of the rows of some chunks, by row. */
const readUndone = async (
  { importFiles }: ListRowsPorts,
  chunks: readonly ImportChunk[],
  { dryRun }: ImportUndo,
): Promise<Map<number, UndoneRow>> => {
  const undone = new Map<number, UndoneRow>();
  for (const { sessionId, number } of chunks) {
    for (const row of (await importFiles.readUndone({ sessionId, number, dryRun: dryRun ?? false })) ?? [])
      undone.set(row.row, row);
  }
  return undone;
};

const withUndo = (row: RowOutcome, undone: UndoneRow | undefined): RowOutcome =>
  undone ? { ...row, undo: { outcome: undone.outcome, ...(undone.reasons && { reasons: undone.reasons }) } } : row;

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

const positionOf = (cursor = '0.0'): { batch: number; row: number } => {
  const [, batch, row] = /^(\d{1,9})\.(\d{1,9})$/.exec(cursor) ?? [];
  if (batch === undefined || row === undefined) throw new RollcallError('INVALID_REQUEST', 'The cursor is not valid');
  return { batch: Number(batch), row: Number(row) };
};
