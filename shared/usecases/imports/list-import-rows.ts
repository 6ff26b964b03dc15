import type { ImportChunk, RowOutcome } from '#domain/imports/import-session.ts';
import type { ImportFiles, ImportStore } from '#domain/imports/ports.ts';
import type { ImportUndo, UndoneRow } from '#domain/imports/undone-rows.ts';
import type { Page } from '#domain/page.ts';
import { findImport } from './find-import.ts';
import { positionOf, type RowsRequest } from './rows-request.ts';
import { type OutcomePorts, walkOutcomes } from './walk-outcomes.ts';

export interface ListRowsPorts extends OutcomePorts {
  readonly imports: Pick<ImportStore, 'find' | 'listChunks'>;
  readonly importFiles: Pick<ImportFiles, 'readOutcomes' | 'readUndone'>;
}

/** Batches that one page of outcomes reads; it may then end short of its limit. */
const batchesPerPage = 40;

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
