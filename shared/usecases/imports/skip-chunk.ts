import type { Ambient } from '#domain/ambient.ts';
import { countOutcomes } from '#domain/imports/counts.ts';
import type { ImportChunk, ImportRow, RowOutcome } from '#domain/imports/import-session.ts';
import type { ImportFiles, ImportStore } from '#domain/imports/ports.ts';

export interface SkipPorts extends Pick<Ambient, 'newId'> {
  readonly imports: Pick<ImportStore, 'endChunk'>;
  readonly importFiles: Pick<ImportFiles, 'readRows' | 'putOutcomes'>;
}

/**
 * Ends a chunk of a cancelled import that no worker has begun: each of its rows gets the outcome `skipped`. Whether the chunk
 * is over: one that was begun has to be finished.
 */
export const skipChunk = async ({ imports, importFiles, newId }: SkipPorts, chunk: ImportChunk): Promise<boolean> => {
  if (chunk.state !== 'open') return true;
  if (chunk.isBegun) return false;
  const outcomes = (await importFiles.readRows(chunk)).map(skippedRow);
  const outcomesKey = await importFiles.putOutcomes(chunk, newId(), outcomes);
  const skipped = { ...chunk, state: 'done' as const, counts: countOutcomes(outcomes), outcomesKey };
  return imports.endChunk(skipped, { isUntouched: true });
};

const skippedRow = ({ row, line, entry }: ImportRow): RowOutcome => ({
  row,
  ...(line !== undefined && { line }),
  ...(entry !== undefined && { entry }),
  outcome: 'skipped',
  error: { code: 'CANCELLED', field: 'row', message: 'The import was cancelled before this row' },
});
