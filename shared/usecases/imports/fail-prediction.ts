import type { Ambient } from '#domain/ambient.ts';
import { sumCounts } from '#domain/imports/counts.ts';
import type { ImportStore } from '#domain/imports/ports.ts';

export interface FailPredictionPorts extends Pick<Ambient, 'now'> {
  readonly imports: Pick<ImportStore, 'listChunks' | 'end'>;
}

/** Ends a dry run in ERROR where it stands: chunks that were not tried stay open, and no worker waits for them. */
export const failPrediction = async (
  { imports, now }: FailPredictionPorts,
  sessionId: string,
  reason: string,
): Promise<void> => {
  const chunks = await imports.listChunks(sessionId);
  const counts = sumCounts(chunks.flatMap((chunk) => chunk.counts ?? []));
  await imports.end(sessionId, { state: 'ERROR', counts, finishedAt: now(), reason });
};
