import type { Ambient } from '#domain/ambient.ts';
import { RollcallError } from '#domain/error.ts';
import type { EventBus } from '#domain/events/ports.ts';
import type { CustomField } from '#domain/fields/custom-field.ts';
import { type ImportChunk, type ImportSession, isClosed, type RowOutcome } from '#domain/imports/import-session.ts';
import type { ImportFiles, ImportStore, UndoJob } from '#domain/imports/ports.ts';
import { lastNoted } from '#domain/imports/undo.ts';
import { type ImportUndo, nothingUndone, type UndoneRow } from '#domain/imports/undone-rows.ts';
import type { Queue } from '#domain/queue.ts';
import type { SegmentStore } from '#domain/segments/ports.ts';
import { findImport } from './find-import.ts';
import { type UndoContactPorts, type UndoneContact, undoContact } from './undo-contact.ts';

export interface StartUndoPorts extends Pick<Ambient, 'now'> {
  readonly imports: Pick<ImportStore, 'find' | 'noteUndo'>;
  readonly undoQueue: Queue<UndoJob>;
}

export interface UndoPorts extends UndoContactPorts, StartUndoPorts {
  readonly imports: Pick<ImportStore, 'find' | 'listChunks' | 'noteUndo'>;
  readonly importFiles: Pick<ImportFiles, 'readOutcomes' | 'readFormer' | 'putUndone' | 'readUndone'>;
  readonly segments: Pick<SegmentStore, 'findByNames'>;
  readonly eventBus: EventBus;
  /** Whether another chunk fits into the time that is left. */
  readonly hasTime: () => boolean;
}

/**
 * Begins to undo an import, or to say what undoing it would do. An undo that runs already, or is over, stays as it is.
 * @throws RollcallError NOT_FOUND, or IMPORT_NOT_OVER while rows are still imported, and for dry runs.
 */
export const startUndo = async (
  { imports, undoQueue, now }: StartUndoPorts,
  sessionId: string,
  { dryRun }: { readonly dryRun: boolean },
): Promise<void> => {
  const session = await findImport(imports, sessionId);
  if (session.dryRun || !isClosed(session)) {
    throw new RollcallError('IMPORT_NOT_OVER', 'Only an import that is over and has written something can be undone');
  }
  if (session.undo && !session.undo.dryRun) {
    if (session.undo.state === 'RUNNING')
      await undoQueue.send([{ sessionId, from: session.chunkCount, dryRun: false }]);
    return;
  }
  const undo = { state: 'RUNNING', startedAt: now(), counts: nothingUndone, ...(dryRun && { dryRun }) } as const;
  await imports.noteUndo(sessionId, undo);
  await undoQueue.send([{ sessionId, from: session.chunkCount, dryRun }]);
};

/**
 * Undoes an import chunk by chunk, the last first, so that a contact which several chunks wrote goes back step by step. What
 * became of each row is stored; a chunk that has this is passed over, so a job that comes again changes nothing.
 */
export const undoImport = async (ports: UndoPorts, { sessionId, from, dryRun }: UndoJob): Promise<void> => {
  const session = await ports.imports.find(sessionId);
  if (!session?.undo || session.undo.state === 'FINISHED' || (session.undo.dryRun ?? false) !== dryRun) return;
  const work = await workOf(ports, session, dryRun);
  const chunks = (await ports.imports.listChunks(sessionId)).sort((one, other) => other.number - one.number);
  for (const chunk of chunks.filter(({ number }) => number <= from)) {
    if (!ports.hasTime()) return ports.undoQueue.send([{ sessionId, from: chunk.number, dryRun }]);
    await undoChunk(ports, chunk, work);
  }
  await finish(ports, session.undo, { sessionId, chunks, dryRun });
};

interface UndoWork {
  readonly segmentIds: ReadonlySet<number>;
  readonly definitions: ReadonlyMap<number, CustomField>;
  readonly dryRun: boolean;
  /** A dry run is made anew each time. */
  readonly startedAt: string;
}

const workOf = async (ports: UndoPorts, { settings, undo }: ImportSession, dryRun: boolean): Promise<UndoWork> => {
  const [segments, fields] = await Promise.all([
    settings.groupNames.length > 0 ? ports.segments.findByNames(settings.groupNames) : [],
    ports.fields.list(),
  ]);
  return {
    segmentIds: new Set(segments.map(({ id }) => id)),
    definitions: new Map(fields.map((field) => [field.id, field])),
    dryRun,
    startedAt: undo?.startedAt ?? '',
  };
};

/** Contacts that are worked on at once. */
const parallelContacts = 8;

const undoChunk = async (ports: UndoPorts, chunk: ImportChunk, work: UndoWork): Promise<void> => {
  const { sessionId, number, outcomesKey } = chunk;
  const of = { sessionId, number, dryRun: work.dryRun };
  if (outcomesKey === undefined || (!work.dryRun && (await ports.importFiles.readUndone(of)))) return;
  const outcomes = await ports.importFiles.readOutcomes(outcomesKey);
  const former = lastNoted(await ports.importFiles.readFormer(chunk));
  const ids = [...new Set(outcomes.filter(hasWritten).flatMap(({ contactId }) => contactId ?? []))];
  const undone = new Map<number, UndoneContact>();
  for (let start = 0; start < ids.length; start += parallelContacts) {
    await Promise.all(
      ids.slice(start, start + parallelContacts).map(async (contactId) => {
        const task = { contactId, token: `${sessionId}#${number}`, ownTokens: `${sessionId}#` };
        undone.set(contactId, await undoContact(ports, { ...task, ...work, former: former.get(contactId) }));
      }),
    );
  }
  await ports.importFiles.putUndone(
    of,
    outcomes.map((outcome) => undoneRow(outcome, undone)),
  );
};

const hasWritten = ({ outcome }: RowOutcome): boolean => outcome === 'created' || outcome === 'updated';

const undoneRow = (row: RowOutcome, undone: ReadonlyMap<number, UndoneContact>): UndoneRow => {
  const of = row.contactId === undefined || !hasWritten(row) ? undefined : undone.get(row.contactId);
  return {
    row: row.row,
    outcome: of?.outcome ?? 'nothing',
    ...(row.contactId !== undefined && { contactId: row.contactId }),
    ...(of && of.reasons.length > 0 && { reasons: of.reasons }),
  };
};

const finish = async (
  ports: UndoPorts,
  undo: ImportUndo,
  {
    sessionId,
    chunks,
    dryRun,
  }: { readonly sessionId: string; readonly chunks: readonly ImportChunk[]; readonly dryRun: boolean },
): Promise<void> => {
  const counts = { ...nothingUndone };
  for (const { number } of chunks) {
    const rows = (await ports.importFiles.readUndone({ sessionId, number, dryRun })) ?? [];
    for (const { outcome } of rows) counts[outcome] += 1;
  }
  const finishedAt = ports.now();
  if (!dryRun) {
    await ports.eventBus.publish([
      {
        eventId: `importUndone:${sessionId}`,
        eventTypeKey: 'importUndone',
        keyValue: sessionId,
        params: { sessionId, ...counts },
        occurredAt: finishedAt,
      },
    ]);
  }
  await ports.imports.noteUndo(sessionId, { ...undo, state: 'FINISHED', finishedAt, counts });
};
