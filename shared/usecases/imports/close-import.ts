import type { Ambient } from '#domain/ambient.ts';
import { addUp, sumCounts } from '#domain/imports/counts.ts';
import type { Counts, ImportChunk, ImportSession } from '#domain/imports/import-session.ts';
import type { ImportStore } from '#domain/imports/ports.ts';

export interface ClosePorts extends Pick<Ambient, 'now'> {
  readonly imports: Pick<ImportStore, 'find' | 'hasOpenChunks' | 'listChunks' | 'end'>;
}

/**
 * Ends a session whose last chunk is over: FINISHED only when every row has its outcome, ERROR if a chunk failed for
 * good or its file could not be read to its end. Every worker that ends a chunk calls it; repeating it is harmless.
 */
export const closeImport = async ({ imports, now }: ClosePorts, sessionId: string): Promise<void> => {
  if (await imports.hasOpenChunks(sessionId)) return;
  const [session, chunks] = await Promise.all([imports.find(sessionId), imports.listChunks(sessionId)]);
  if (!session || session.state === 'FINISHED') return;
  const counts = sumCounts(chunks.flatMap((chunk) => chunk.counts ?? []));
  const reasons = [reasonOfFile(session, counts), reasonOfFailure(chunks)].filter((one) => one !== undefined);
  if (reasons.length === 0 && !addUp(counts, session.total)) reasons.push('The rows do not add up');
  const isCancelled = session.state === 'CANCELLED';
  if (isCancelled) reasons.unshift(cancelledReason);
  const reason = reasons.join('; ');
  await imports.end(sessionId, {
    state: isCancelled ? 'CANCELLED' : reason ? 'ERROR' : 'FINISHED',
    counts,
    finishedAt: now(),
    ...(reason && { reason }),
  });
};

/** What people read of a cancelled import. */
export const cancelledReason = 'The import was cancelled; rows that were not imported before are skipped';

const reasonOfFile = ({ fileError, dryRun }: ImportSession, { read }: Counts): string | undefined =>
  fileError !== undefined && read > 0
    ? `${fileError}; the ${read} rows before were ${dryRun ? 'tried' : 'imported'}`
    : fileError;

const reasonOfFailure = (chunks: readonly ImportChunk[]): string | undefined => {
  const failed = chunks.filter(({ state }) => state === 'failed');
  if (failed.length === 0) return undefined;
  const rows = failed.reduce((sum, { rowCount }) => sum + rowCount, 0);
  return `${rows} rows in ${failed.length} of ${chunks.length} chunks could not be imported`;
};
