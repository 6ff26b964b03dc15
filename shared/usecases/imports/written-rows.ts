import type { CreationLedger } from '#domain/contacts/ports.ts';
import type { ImportChunk, RowOutcome } from '#domain/imports/import-session.ts';
import type { ImportFiles } from '#domain/imports/ports.ts';
import type { LayerReader } from './undo-layers.ts';

export interface WrittenRowsPorts {
  readonly importFiles: Pick<ImportFiles, 'readRows' | 'readOutcomes'>;
  readonly creations: Pick<CreationLedger, 'recall'>;
}

/** A row with the contact that its import wrote for it, if any. */
export interface WrittenRow {
  readonly row: number;
  /** Of any contact that the row is about, written or not. */
  readonly contactId?: number;
  readonly written?: 'created' | 'updated';
}

/**
 * The rows of a chunk with what was written for them. A chunk that was given up says of all its rows that they failed, yet its
 * workers may have written some: what they noted before they wrote says for which.
 */
export const readWrittenRows = async (
  ports: WrittenRowsPorts,
  chunk: ImportChunk & { readonly outcomesKey: string },
  layers: LayerReader,
): Promise<WrittenRow[]> => {
  const outcomes = await ports.importFiles.readOutcomes(chunk.outcomesKey);
  return chunk.state === 'failed' && outcomes.length > 0
    ? rowsGivenUp(ports, chunk, { outcomes, layers })
    : outcomes.map(writtenRow);
};

const writtenRow = ({ row, contactId, outcome }: RowOutcome): WrittenRow => ({
  row,
  ...(contactId !== undefined && { contactId }),
  ...((outcome === 'created' || outcome === 'updated') && { written: outcome }),
});

const rowsGivenUp = async (
  { importFiles, creations }: WrittenRowsPorts,
  chunk: ImportChunk,
  { outcomes, layers }: { readonly outcomes: readonly RowOutcome[]; readonly layers: LayerReader },
): Promise<WrittenRow[]> => {
  const [rows, created, updated] = await Promise.all([
    importFiles.readRows(chunk),
    creations.recall(`${chunk.sessionId}#${chunk.number}`),
    layers.rowsIn(chunk),
  ]);
  const drafts = rows.filter((row) => 'draft' in row);
  const told = new Map<number, Omit<WrittenRow, 'row'>>();
  const tell = (written: 'created' | 'updated', contacts: typeof created) => {
    for (const { contactId, rows: positions } of contacts) {
      for (const position of positions) {
        const row = drafts[position]?.row;
        if (row !== undefined) told.set(row, { contactId, written });
      }
    }
  };
  tell('updated', updated);
  tell('created', created);
  return outcomes.map(({ row }) => ({ row, ...told.get(row) }));
};
