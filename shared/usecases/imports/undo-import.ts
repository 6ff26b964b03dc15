import type { FieldStore } from '#domain/fields/ports.ts';
import type { ImportChunk, ImportSession } from '#domain/imports/import-session.ts';
import type { ImportFiles, ImportStore, UndoJob } from '#domain/imports/ports.ts';
import { importUndoneEvent } from '#domain/imports/undo-events.ts';
import { type ImportUndo, nothingUndone, type UndoneRow } from '#domain/imports/undone-rows.ts';
import type { Queue } from '#domain/queue.ts';
import type { SegmentStore } from '#domain/segments/ports.ts';
import { type LiftPorts, liftSuppressions } from './lift-suppressions.ts';
import type { UndoWork } from './plan-undo.ts';
import { segmentNamesIn } from './save-rows.ts';
import { type UndoChunkPorts, undoChunk } from './undo-chunk.ts';
import type { UndoneContact } from './undo-contact.ts';
import { layerReader, placesOf } from './undo-layers.ts';

export interface UndoPorts extends UndoChunkPorts {
  readonly imports: Pick<ImportStore, 'find' | 'listChunks' | 'beginUndoChunk' | 'skipUndoChunk' | 'endUndo'>;
  readonly importFiles: Pick<ImportFiles, 'readRows' | 'readOutcomes' | 'readFormer' | 'putUndone' | 'readUndone'>;
  readonly suppressions: LiftPorts['suppressions'];
  readonly segments: Pick<SegmentStore, 'findByNames' | 'findByIds'>;
  readonly fields: Pick<FieldStore, 'list'>;
  readonly undoQueue: Queue<UndoJob>;
  /** Whether another chunk fits into the time that is left. */
  readonly hasTime: () => boolean;
}

type Work = UndoWork & { readonly known: Map<number, UndoneContact> };

/**
 * Undoes an import chunk by chunk, the last first. What became of each row is stored; a chunk that has this is passed over, so
 * a job that comes again changes nothing. A paused undo lets its message go, as resuming sends another; one that was
 * cancelled skips the rows of chunks that no worker has begun.
 */
export const undoImport = async (ports: UndoPorts, { sessionId, from, dryRun }: UndoJob): Promise<void> => {
  const session = await ports.imports.find(sessionId);
  const undo = session?.undo;
  if (!session || !undo || isDryRun(undo) !== dryRun || isHeld(undo)) return;
  const chunks = (await ports.imports.listChunks(sessionId)).sort((one, other) => other.number - one.number);
  const work = await workOf(ports, session, chunks);
  for (const chunk of chunks.filter(({ number }) => number <= from)) {
    if (!ports.hasTime()) return ports.undoQueue.send([{ sessionId, from: chunk.number, dryRun }]);
    const now = (await ports.imports.find(sessionId))?.undo;
    if (!now || now.startedAt !== undo.startedAt || isHeld(now)) return;
    await undoOrSkip(ports, chunk, { work, undo: now });
  }
  await finish(ports, undo, { sessionId, chunks });
};

const isDryRun = ({ dryRun }: ImportUndo): boolean => dryRun ?? false;

const isHeld = ({ state, finishedAt }: ImportUndo): boolean => state === 'PAUSED' || finishedAt !== undefined;

const workOf = async (
  ports: UndoPorts,
  { sessionId, settings, createdAt, undo }: ImportSession,
  chunks: readonly ImportChunk[],
): Promise<Work> => {
  const layers = layerReader(ports.importFiles);
  const [segments, fields, places] = await Promise.all([
    settings.groupNames.length > 0 ? ports.segments.findByNames(settings.groupNames) : [],
    ports.fields.list(),
    placesOf(layers, chunks),
  ]);
  return {
    sessionId,
    createdAt,
    dryRun: undo?.dryRun ?? false,
    segmentIds: segments.map(({ id }) => id),
    segmentIdsIn: segmentsNamedIn(ports, chunks),
    definitions: new Map(fields.map((field) => [field.id, field])),
    places,
    layers,
    known: new Map(),
  };
};

/** Remembers the chunk that was asked for last, as a chunk's contacts come one after the other. */
const segmentsNamedIn = ({ importFiles, segments }: UndoPorts, chunks: readonly ImportChunk[]) => {
  let last: { readonly number: number; readonly ids: Promise<readonly number[]> } | undefined;
  const read = async (number: number): Promise<readonly number[]> => {
    const chunk = chunks.find((one) => one.number === number);
    const names = chunk ? segmentNamesIn(await importFiles.readRows(chunk)) : [];
    return names.length > 0 ? (await segments.findByNames(names)).map(({ id }) => id) : [];
  };
  return (number: number): Promise<readonly number[]> => {
    if (last?.number !== number) last = { number, ids: read(number) };
    return last.ids;
  };
};

const undoOrSkip = async (
  ports: UndoPorts,
  chunk: ImportChunk,
  { work, undo }: { readonly work: Work; readonly undo: ImportUndo },
): Promise<void> => {
  const { sessionId, number, outcomesKey } = chunk;
  const { dryRun } = work;
  if (outcomesKey === undefined) return;
  const before = dryRun ? undefined : await ports.importFiles.readUndone({ sessionId, number, dryRun });
  if (before && !before.some(({ outcome }) => outcome === 'skipped')) return;
  if (undo.state === 'CANCELLED' && (await ports.imports.skipUndoChunk(chunk, undo.startedAt))) {
    const rows = (await ports.importFiles.readOutcomes(outcomesKey)).map(({ row }) => ({ row, ...skipped }));
    return ports.importFiles.putUndone({ sessionId, number, dryRun }, rows);
  }
  if (!(await ports.imports.beginUndoChunk(chunk, undo.startedAt))) return;
  const ended = { ...chunk, outcomesKey };
  if (undo.suppressions && !dryRun) await liftSuppressions(ports, ended, work);
  await undoChunk(ports, ended, work);
};

const skipped: Omit<UndoneRow, 'row'> = {
  outcome: 'skipped',
  reasons: ['the undo was cancelled before this row'],
};

const finish = async (
  ports: UndoPorts,
  undo: ImportUndo,
  { sessionId, chunks }: { readonly sessionId: string; readonly chunks: readonly ImportChunk[] },
): Promise<void> => {
  const counts = { ...nothingUndone };
  for (const { number } of chunks) {
    const rows = (await ports.importFiles.readUndone({ sessionId, number, dryRun: isDryRun(undo) })) ?? [];
    for (const { outcome } of rows) counts[outcome] += 1;
  }
  const finishedAt = ports.now();
  const state = counts.skipped > 0 ? 'CANCELLED' : 'FINISHED';
  if (state === 'FINISHED' && !isDryRun(undo)) {
    await ports.eventBus.publish([importUndoneEvent(sessionId, counts, finishedAt)]);
  }
  await ports.imports.endUndo(sessionId, { ...undo, state, finishedAt, counts });
};
