import { RollcallError } from '#domain/error.ts';
import type { FileFacts } from '#domain/files/upload.ts';
import type { ImportChunk, ImportRow, RowOutcome, WantedRows } from '#domain/imports/import-session.ts';
import type { ImportFiles, ImportStore } from '#domain/imports/ports.ts';
import type { Page, PageRequest } from '#domain/page.ts';
import { findImport } from './find-import.ts';
import { type OutcomePorts, walkOutcomes } from './walk-outcomes.ts';

export interface ListRowsPorts extends OutcomePorts {
  readonly imports: Pick<ImportStore, 'find' | 'listChunks'>;
}

export interface ExportRowsPorts extends ListRowsPorts {
  readonly importFiles: Pick<ImportFiles, 'readOutcomes' | 'readRows'>;
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

/** Batches without a wanted row that one page looks through; it may then end short of its limit. */
const batchesPerPage = 40;

/** Characters of rows in one answer; quoted and escaped they stay below 6 MB (an AWS Lambda limit). */
const maxExportedLength = 1_200_000;

/**
 * What became of the rows of an import, in row order; those of chunks that are not over yet are missing.
 * @throws RollcallError NOT_FOUND, or INVALID_REQUEST for a cursor that is none.
 */
export const listImportRows = async (ports: ListRowsPorts, request: RowsRequest): Promise<Page<RowOutcome>> => {
  const { items, cursor } = await pageOfOutcomes(ports, request);
  return { items: items.map(({ outcome }) => outcome), ...(cursor && { cursor }) };
};

/**
 * The rows of an import as they were submitted, with their outcomes, in row order, and no more of them than fit an
 * answer.
 * @throws RollcallError NOT_FOUND, or INVALID_REQUEST for a cursor that is none.
 */
export const exportImportRows = async (ports: ExportRowsPorts, request: RowsRequest): Promise<ExportedRows> => {
  const { items, cursor, file } = await pageOfOutcomes(ports, request);
  const exported: ExportedRow[] = [];
  let length = 0;
  let rows: { readonly of?: FoundOutcome['chunks']; readonly byNumber: Map<number, ImportRow> } = {
    byNumber: new Map(),
  };
  for (const { outcome, chunks, batch } of items) {
    if (rows.of !== chunks) rows = { of: chunks, byNumber: await readRows(ports.importFiles, chunks) };
    const row = rows.byNumber.get(outcome.row);
    if (!row) continue;
    length += JSON.stringify(row).length;
    if (length > maxExportedLength && exported.length > 0)
      return { items: exported, ...(file && { file }), cursor: `${batch}.${outcome.row - 1}` };
    exported.push({ row, outcome });
  }
  return { items: exported, ...(file && { file }), ...(cursor && { cursor }) };
};

const readRows = async (
  importFiles: ExportRowsPorts['importFiles'],
  chunks: readonly ImportChunk[],
): Promise<Map<number, ImportRow>> => {
  const rows = new Map<number, ImportRow>();
  for (const chunk of chunks) for (const row of await importFiles.readRows(chunk)) rows.set(row.row, row);
  return rows;
};

interface FoundOutcome {
  readonly outcome: RowOutcome;
  readonly batch: number;
  /** One of these has the row. */
  readonly chunks: readonly ImportChunk[];
}

const pageOfOutcomes = async (
  ports: ListRowsPorts,
  { sessionId, wanted, page: { limit, cursor } }: RowsRequest,
): Promise<Page<FoundOutcome> & OfFile> => {
  const session = await findImport(ports.imports, sessionId);
  const ofFile: OfFile = session.file ? { file: session.file } : {};
  const after = positionOf(cursor);
  const items: FoundOutcome[] = [];
  let looked = 0;
  const walk = walkOutcomes(ports, session, { from: after.batch, wanted });
  for await (const { index, outcomes, chunks } of walk) {
    const fresh = index === after.batch ? outcomes.filter(({ row }) => row > after.row) : outcomes;
    const taken = fresh.slice(0, limit - items.length);
    items.push(...taken.map((outcome) => ({ outcome, batch: index, chunks })));
    const last = taken.at(-1);
    if (taken.length < fresh.length && last) return { ...ofFile, items, cursor: `${index}.${last.row}` };
    if (items.length === limit || ++looked === batchesPerPage) return { ...ofFile, items, cursor: `${index + 1}.0` };
  }
  return { ...ofFile, items };
};

const positionOf = (cursor = '0.0'): { batch: number; row: number } => {
  const [, batch, row] = /^(\d{1,9})\.(\d{1,9})$/.exec(cursor) ?? [];
  if (batch === undefined || row === undefined) throw new RollcallError('INVALID_REQUEST', 'The cursor is not valid');
  return { batch: Number(batch), row: Number(row) };
};
