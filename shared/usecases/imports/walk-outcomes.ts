import type { Counts, ImportChunk, ImportSession, RowOutcome, WantedRows } from '#domain/imports/import-session.ts';
import type { ImportFiles, ImportStore } from '#domain/imports/ports.ts';

export interface OutcomePorts {
  readonly imports: Pick<ImportStore, 'listChunks'>;
  readonly importFiles: Pick<ImportFiles, 'readOutcomes'>;
}

/** A run of outcomes in row order, with the chunks they are of. */
export interface OutcomeBatch {
  /** From 0; what a cursor counts by. */
  readonly index: number;
  readonly outcomes: readonly RowOutcome[];
  readonly chunks: readonly ImportChunk[];
}

/** Imports up to this many rows are sorted as a whole; in longer ones each chunk is, and chunks follow each other. */
const sortedTogether = 3_000;
const parallelReads = 8;

/**
 * The outcomes of the chunks that are over, batch after batch. Chunks that have no row that is wanted are not even read.
 */
export async function* walkOutcomes(
  { imports, importFiles }: OutcomePorts,
  session: Pick<ImportSession, 'sessionId' | 'total' | 'file'>,
  { from = 0, wanted = {} }: { readonly from?: number; readonly wanted?: WantedRows } = {},
): AsyncGenerator<OutcomeBatch> {
  const chunks = await imports.listChunks(session.sessionId);
  // While a file is read, its length is unknown.
  const isShort = session.total <= sortedTogether && session.file?.isComplete !== false;
  const batches = isShort ? [chunks] : chunks.map((chunk) => [chunk]);
  for (let index = from; index < batches.length; index++) {
    const worthReading = (batches[index] ?? []).filter(
      ({ outcomesKey, counts }) => outcomesKey !== undefined && (!counts || hasWanted(counts, wanted)),
    );
    const outcomes = await readOutcomes(importFiles, worthReading);
    yield {
      index,
      outcomes: outcomes.filter((one) => isWanted(one, wanted)).sort((one, other) => one.row - other.row),
      chunks: worthReading,
    };
  }
}

const hasWanted = ({ warnings: codes, ...counts }: Counts, { outcome, warnings }: WantedRows): boolean =>
  (outcome === undefined || counts[outcome] > 0) &&
  (warnings === undefined || (codes !== undefined && (warnings === true || codes[warnings] !== undefined)));

const isWanted = ({ outcome: own, warnings: has = [] }: RowOutcome, { outcome, warnings }: WantedRows): boolean =>
  (outcome === undefined || own === outcome) &&
  (warnings === undefined || has.some(({ code }) => warnings === true || code === warnings));

const readOutcomes = async (
  files: OutcomePorts['importFiles'],
  chunks: readonly ImportChunk[],
): Promise<RowOutcome[]> => {
  const outcomes: RowOutcome[][] = [];
  for (let start = 0; start < chunks.length; start += parallelReads) {
    const keys = chunks.slice(start, start + parallelReads).map(({ outcomesKey = '' }) => outcomesKey);
    outcomes.push(...(await Promise.all(keys.map((key) => files.readOutcomes(key)))));
  }
  return outcomes.flat();
};
