import type { Ambient } from '#domain/ambient.ts';
import { countOutcomes, noCounts } from '#domain/imports/counts.ts';
import type { ImportChunk, ImportRow, RowOutcome } from '#domain/imports/import-session.ts';
import type { ChunkJob, ImportFiles, ImportStore } from '#domain/imports/ports.ts';
import type { Queue } from '#domain/queue.ts';
import { type ClosePorts, closeImport } from './close-import.ts';

export interface FailPorts extends ClosePorts, Pick<Ambient, 'newId'> {
  readonly imports: ImportStore;
  readonly importFiles: Pick<ImportFiles, 'readRows' | 'putOutcomes'>;
  readonly deadLetterQueue: Queue<ChunkJob>;
}

/**
 * Gives up on a chunk that kept failing: each of its rows gets the outcome `failed`, the session says so once the others
 * are over, and the message waits in the dead-letter queue for a person.
 */
export const failChunk = async (ports: FailPorts, message: ChunkJob): Promise<void> => {
  const chunk = await ports.imports.findChunk(message.sessionId, message.number);
  if (chunk?.state === 'open') await giveUp(ports, chunk);
  if (chunk) await closeImport(ports, message.sessionId);
  if (chunk?.state !== 'done') await ports.deadLetterQueue.send([message]);
};

const giveUp = async ({ imports, importFiles, newId }: FailPorts, chunk: ImportChunk): Promise<void> => {
  const outcomes = (await readableRows(importFiles, chunk)).map(failureOf);
  const outcomesKey = await importFiles.putOutcomes(chunk, newId(), outcomes);
  const counts = { ...noCounts, ...countOutcomes(outcomes), read: chunk.rowCount, failed: chunk.rowCount };
  await imports.endChunk({ ...chunk, state: 'failed', counts, outcomesKey });
};

/** A chunk may fail because its rows cannot be read: then they are counted, without an outcome for each. */
const readableRows = (importFiles: FailPorts['importFiles'], chunk: ImportChunk): Promise<ImportRow[]> =>
  importFiles.readRows(chunk).catch(() => []);

const failureOf = ({ row, line, entry }: ImportRow): RowOutcome => ({
  row,
  ...(line !== undefined && { line }),
  ...(entry !== undefined && { entry }),
  outcome: 'failed',
  error: {
    code: 'CHUNK_FAILED',
    field: 'row',
    message: 'The chunk of this row kept failing; the row may have been saved or not, and sending it again is harmless',
  },
});
