import type { Ambient } from '#domain/ambient.ts';
import type { FieldStore } from '#domain/fields/ports.ts';
import { chunkRows } from '#domain/imports/chunk-rows.ts';
import { noCounts } from '#domain/imports/counts.ts';
import type { ImportChunk, ImportRow, ImportSession, ImportSettings } from '#domain/imports/import-session.ts';
import type { ChunkQueue, ImportFiles, ImportStore } from '#domain/imports/ports.ts';
import { identifyingField } from '../fields/identifying-field.ts';

export interface AcceptPorts extends Pick<Ambient, 'now' | 'newId'> {
  readonly fields: Pick<FieldStore, 'list'>;
  readonly imports: Pick<ImportStore, 'create' | 'end'>;
  readonly importFiles: Pick<ImportFiles, 'putRows'>;
  readonly chunkQueue: ChunkQueue;
}

/** What a caller asked to import, every submitted contact as one row. */
export interface ImportRequest {
  readonly settings: ImportSettings;
  readonly rows: readonly ImportRow[];
  /** The name of the API key that asks. */
  readonly createdBy?: string;
}

/**
 * Accepts an import and queues it (contract 4.2): rows first, then the session with its chunks, then the messages, so
 * that whatever a message names exists.
 * @throws RollcallError INVALID_REQUEST if `fieldId` names a field that contacts are not found by.
 */
export const acceptImport = async (ports: AcceptPorts, { settings, rows, createdBy }: ImportRequest) => {
  const field = await identifyingField(ports.fields, settings);
  const sessionId = ports.newId();
  const rowsOfChunks = chunkRows(rows, { ...settings, ...(field && { field }) });
  const ranges = await ports.importFiles.putRows(sessionId, rowsOfChunks);
  const chunks = ranges.map(
    (range, index): ImportChunk => ({
      sessionId,
      number: index + 1,
      rowCount: rowsOfChunks[index]?.length ?? 0,
      ...range,
      state: 'open',
    }),
  );
  const session: ImportSession = {
    sessionId,
    settings,
    state: 'STARTED',
    total: rows.length,
    chunkCount: chunks.length,
    createdAt: ports.now(),
    ...(createdBy !== undefined && { createdBy }),
  };
  await ports.imports.create(session, chunks);
  await queue(ports, sessionId, chunks);
  return { sessionId };
};

const queue = async (ports: AcceptPorts, sessionId: string, chunks: readonly ImportChunk[]): Promise<void> => {
  try {
    await ports.chunkQueue.send(chunks.map(({ number }) => ({ sessionId, number })));
  } catch (error) {
    const reason = 'The import could not be queued; please send it again';
    await ports.imports.end(sessionId, { state: 'ERROR', counts: noCounts, finishedAt: ports.now(), reason });
    throw error;
  }
};
