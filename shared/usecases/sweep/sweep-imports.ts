import type { FetchStore } from '#domain/files/fetch-ports.ts';
import type { FailedUploadQueue, SplitQueue } from '#domain/files/ports.ts';
import { type ImportSession, isClosed, type SweepNote } from '#domain/imports/import-session.ts';
import type { ChunkJob, ChunkQueue, ImportStore, PredictionQueue } from '#domain/imports/ports.ts';
import type { Backlog, SweepMarks } from '#domain/sweep.ts';
import { type ClosePorts, closeImport } from '../imports/close-import.ts';

export interface SweepImportsPorts extends ClosePorts {
  readonly imports: ClosePorts['imports'] &
    Pick<ImportStore, 'listSince' | 'listOpen' | 'noteSweep' | 'findCheckpoint'>;
  readonly fetches: Pick<FetchStore, 'find'>;
  readonly chunkQueue: ChunkQueue;
  readonly predictionQueue: PredictionQueue;
  readonly splitQueue: SplitQueue;
  /** Whose function fails a chunk with each of its rows. */
  readonly failedChunkQueue: ChunkQueue;
  /** Whose function ends an import whose file or trial came to a standstill. */
  readonly failedUploadQueue: FailedUploadQueue;
  readonly backlog: Backlog;
  readonly sweepMarks: SweepMarks;
  /** Whether another session fits into the time that is left. */
  readonly hasTime: () => boolean;
}

/** What a sweep did, in sessions. */
export interface SweptImports {
  readonly looked: number;
  readonly sentAgain: number;
  readonly givenUp: number;
}

/** Younger sessions are still on their first way. */
const youngMinutes = 10;

/** Looks in a row at a session that does not move, with empty queues, after which it is given up. */
const mostRounds = 4;

/** While queues are busy a session may only be waiting for its turn: its messages are sent again at every such look. */
const patientRounds = 8;

/**
 * Looks at every import that is not over. If one has not moved since the last look, its worker crashed between the
 * table and the queue, and its messages are lost: they are sent again, which is harmless if they were not lost. If it
 * still does not move, it is ended with an outcome for each of its rows. So no import stays STARTED or IMPORTING for
 * ever.
 */
export const sweepImports = async (ports: SweepImportsPorts): Promise<SweptImports> => {
  const since = await ports.sweepMarks.read('imports');
  const swept = { looked: 0, sentAgain: 0, givenUp: 0 };
  let oldestOpen: string | undefined;
  let cursor: string | undefined;
  do {
    const page = await ports.imports.listSince(since, { limit: 100, ...(cursor !== undefined && { cursor }) });
    for (const session of page.items.filter(isUnderWay)) {
      oldestOpen ??= session.createdAt;
      if (session.createdAt > minutesBefore(ports.now(), youngMinutes)) continue;
      swept.looked += 1;
      const done = await sweepImport(ports, session);
      if (done) swept[done] += 1;
    }
    cursor = page.cursor;
  } while (cursor !== undefined && ports.hasTime());
  if (cursor === undefined || oldestOpen !== undefined) {
    await ports.sweepMarks.write('imports', oldestOpen ?? minutesBefore(ports.now(), youngMinutes));
  }
  return swept;
};

/** A paused import stands still on purpose. */
const isUnderWay = (session: ImportSession): boolean => !isClosed(session) && session.state !== 'PAUSED';

const sweepImport = async (
  ports: SweepImportsPorts,
  session: ImportSession,
): Promise<'sentAgain' | 'givenUp' | undefined> => {
  const { sessionId } = session;
  const open = await ports.imports.listOpen(sessionId);
  if (open.length === 0) {
    await closeImport(ports, sessionId);
    return undefined;
  }
  const note = await noteOf(ports, session, open);
  await ports.imports.noteSweep(sessionId, note);
  if (note.rounds === 0) return undefined;
  if (await ports.backlog.hasMessages()) {
    if (note.rounds % patientRounds !== 0) return undefined;
  } else if (note.rounds >= mostRounds) {
    await giveUp(ports, session, open);
    return 'givenUp';
  }
  await sendAgain(ports, session, open);
  return 'sentAgain';
};

const noteOf = async (
  ports: SweepImportsPorts,
  { sessionId, sweep, state, chunkCount }: ImportSession,
  open: readonly number[],
): Promise<SweepNote> => {
  const fetch = open[0] === 0 ? await ports.fetches.find(sessionId) : undefined;
  const parts = fetch?.stored ? 'stored' : (fetch?.progress?.parts.length ?? 0);
  const checkpoint = await ports.imports.findCheckpoint(sessionId);
  const progress = [state, open.length, chunkCount, checkpoint?.windowCount ?? 0, parts].join(' ');
  return { progress, rounds: sweep?.progress === progress ? sweep.rounds + 1 : 0 };
};

const sendAgain = async (
  ports: SweepImportsPorts,
  { sessionId, dryRun }: ImportSession,
  open: readonly number[],
): Promise<void> => {
  const file = open[0] === 0 ? (await ports.fetches.find(sessionId))?.stored : undefined;
  if (file) await ports.splitQueue.send([{ sessionId, file }]);
  else if (dryRun) await ports.predictionQueue.send([{ sessionId }]);
  else await ports.chunkQueue.send(chunksOf(sessionId, open));
};

const giveUp = async (
  ports: SweepImportsPorts,
  { sessionId, dryRun }: ImportSession,
  open: readonly number[],
): Promise<void> => {
  if (open[0] === 0 || dryRun) await ports.failedUploadQueue.send([{ sessionId }]);
  else await ports.failedChunkQueue.send(chunksOf(sessionId, open));
};

const chunksOf = (sessionId: string, open: readonly number[]): ChunkJob[] =>
  open.filter((number) => number > 0).map((number) => ({ sessionId, number }));

const minutesBefore = (now: string, minutes: number): string =>
  new Date(Date.parse(now) - minutes * 60_000).toISOString();
