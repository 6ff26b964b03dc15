import type { SplitCheckpoint } from '#domain/files/ports.ts';
import type { ImportSession } from '#domain/imports/import-session.ts';
import type { ChunkQueue } from '#domain/imports/ports.ts';

/** Sends the messages of a file's last window; those that are sent again change nothing. */
export const sendChunks = async (
  { chunkQueue }: { readonly chunkQueue: ChunkQueue },
  { sessionId, dryRun }: Pick<ImportSession, 'sessionId' | 'dryRun'>,
  { sentCount, chunkCount }: SplitCheckpoint,
): Promise<void> => {
  if (dryRun) return;
  const numbers = Array.from({ length: chunkCount - sentCount }, (_, index) => sentCount + index + 1);
  if (numbers.length > 0) await chunkQueue.send(numbers.map((number) => ({ sessionId, number })));
};
