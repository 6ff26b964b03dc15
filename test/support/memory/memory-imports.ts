import { blankLine, readRow } from '#aws/imports/blank-rows.ts';
import type { SplitCheckpoint } from '#domain/files/ports.ts';
import {
  type ImportChunk,
  type ImportRow,
  type ImportSession,
  isOver,
  type RowOutcome,
} from '#domain/imports/import-session.ts';
import type { ImportFiles, ImportStore, ParkedJob, UndoNotes } from '#domain/imports/ports.ts';
import type { FormerContact, UndoNote } from '#domain/imports/undo.ts';
import type { UndoneRow } from '#domain/imports/undone-rows.ts';
import { memoryUploads } from './memory-uploads.ts';
import { pageOf, type Step } from './step.ts';

/** What the import store holds, open to checkers. */
export interface ImportStateMaps {
  readonly sessions: Map<string, ImportSession>;
  readonly chunks: Map<string, ImportChunk>;
  /** By session. */
  readonly checkpoints: Map<string, SplitCheckpoint>;
  /** Sessions whose files are still being fetched or cut. */
  readonly splitting: Set<string>;
  /** Messages of paused sessions. */
  readonly parked: Map<string, ParkedJob>;
  /** Which undo has begun or skipped a chunk, by chunk. */
  readonly undoChunks: Map<string, UndoChunk>;
  /** What undos left behind, by contact and import. */
  readonly undoNotes: Map<string, UndoNote>;
  /** Objects by their key. */
  readonly objects: Map<string, string>;
}

interface UndoChunk {
  readonly startedAt: string;
  readonly by: 'begun' | 'skipped';
}

/** An empty import store. */
export const emptyImportState = (): ImportStateMaps => ({
  sessions: new Map(),
  chunks: new Map(),
  checkpoints: new Map(),
  splitting: new Set(),
  parked: new Map(),
  undoChunks: new Map(),
  undoNotes: new Map(),
  objects: new Map(),
});

/** Import sessions in memory. */
export const memoryImports = (state: ImportStateMaps, step: Step): ImportStore => {
  const { sessions, chunks, splitting, parked } = state;
  const chunksOf = (sessionId: string) =>
    [...chunks.values()]
      .filter((chunk) => chunk.sessionId === sessionId)
      .sort((one, other) => one.number - other.number);

  return {
    ...memoryUploads(state, step),
    create: async (session, created) => {
      await step(`createImport ${session.sessionId}`);
      for (const chunk of created) chunks.set(chunkKey(chunk), chunk);
      if (!sessions.has(session.sessionId)) sessions.set(session.sessionId, session);
    },
    find: async (sessionId) => {
      await step(`findImport ${sessionId}`);
      return sessions.get(sessionId);
    },
    list: async (page) => {
      await step('listImports');
      const newestFirst = [...sessions.values()].sort((one, other) => (sortOf(one) < sortOf(other) ? 1 : -1));
      return pageOf(newestFirst, sortOf, page);
    },
    listSince: async (since, page) => {
      await step('listImportsSince');
      const oldestFirst = [...sessions.values()]
        .filter(({ createdAt }) => since === undefined || createdAt >= since)
        .sort((one, other) => (sortOf(one) < sortOf(other) ? -1 : 1));
      return pageOf(oldestFirst, sortOf, page);
    },
    listOpen: async (sessionId) => {
      await step(`listOpen ${sessionId}`);
      const open = chunksOf(sessionId).filter(({ state }) => state === 'open');
      return [...(splitting.has(sessionId) ? [0] : []), ...open.map(({ number }) => number)];
    },
    noteSweep: async (sessionId, sweep) => {
      await step(`noteSweep ${sessionId}`);
      const session = sessions.get(sessionId);
      if (session && session.finishedAt === undefined) sessions.set(sessionId, { ...session, sweep });
    },
    findChunk: async (sessionId, number) => {
      await step(`findChunk ${sessionId} ${number}`);
      return chunks.get(chunkKey({ sessionId, number }));
    },
    listChunks: async (sessionId) => {
      await step(`listChunks ${sessionId}`);
      return chunksOf(sessionId);
    },
    start: async (sessionId, startedAt) => {
      await step(`startImport ${sessionId}`);
      const session = sessions.get(sessionId);
      if (session?.state === 'STARTED') sessions.set(sessionId, { ...session, state: 'IMPORTING', startedAt });
    },
    beginChunk: async (chunk) => {
      await step(`beginChunk ${chunk.sessionId} ${chunk.number}`);
      const before = chunks.get(chunkKey(chunk));
      if (!before || before.state === 'done') return false;
      chunks.set(chunkKey(chunk), { ...before, isBegun: true });
      return true;
    },
    endChunk: async (chunk, { isUntouched } = { isUntouched: false }) => {
      await step(`endChunk ${chunk.sessionId} ${chunk.number}`);
      const { state: before, isBegun } = chunks.get(chunkKey(chunk)) ?? {};
      if (isUntouched && isBegun) return false;
      if (before !== 'open' && !(before === 'failed' && chunk.state === 'done')) return false;
      chunks.set(chunkKey(chunk), chunk);
      return true;
    },
    hasOpenChunks: async (sessionId) => {
      await step(`hasOpenChunks ${sessionId}`);
      return splitting.has(sessionId) || chunksOf(sessionId).some(({ state }) => state === 'open');
    },
    end: async (sessionId, end) => {
      await step(`endImport ${sessionId}`);
      const session = sessions.get(sessionId);
      if (!session || session.state === 'FINISHED') return;
      const { reason: _, ...rest } = session;
      sessions.set(sessionId, { ...rest, ...end });
    },
    pause: async (sessionId) => {
      await step(`pauseImport ${sessionId}`);
      const session = sessions.get(sessionId);
      if (session?.state !== 'STARTED' && session?.state !== 'IMPORTING') return;
      sessions.set(sessionId, { ...session, state: 'PAUSED', pausedFrom: session.state });
    },
    resume: async (sessionId) => {
      await step(`resumeImport ${sessionId}`);
      const { pausedFrom = 'STARTED', ...session } = sessions.get(sessionId) ?? {};
      if (isSession(session) && session.state === 'PAUSED') sessions.set(sessionId, { ...session, state: pausedFrom });
    },
    cancel: async (sessionId) => {
      await step(`cancelImport ${sessionId}`);
      const { pausedFrom: _, ...session } = sessions.get(sessionId) ?? {};
      if (isSession(session) && !isOver(session)) sessions.set(sessionId, { ...session, state: 'CANCELLED' });
    },
    beginUndo: async (sessionId, undo, before) => {
      await step(`beginUndo ${sessionId}`);
      const session = sessions.get(sessionId);
      if (!session?.finishedAt || session.undo?.startedAt !== before?.startedAt) return false;
      sessions.set(sessionId, { ...session, undo });
      return true;
    },
    moveUndo: async (sessionId, from, to) => {
      await step(`moveUndo ${sessionId}`);
      const session = sessions.get(sessionId);
      if (!session?.undo || session.undo.finishedAt !== undefined || !from.includes(session.undo.state)) return;
      sessions.set(sessionId, { ...session, undo: { ...session.undo, state: to } });
    },
    endUndo: async (sessionId, undo) => {
      await step(`endUndo ${sessionId}`);
      const session = sessions.get(sessionId);
      if (session?.undo?.startedAt !== undo.startedAt || session.undo.finishedAt !== undefined) return;
      sessions.set(sessionId, { ...session, undo });
    },
    beginUndoChunk: async (chunk, startedAt) => {
      await step(`beginUndoChunk ${chunkKey(chunk)}`);
      return takeUndoChunk(state, chunk, { startedAt, by: 'begun' });
    },
    skipUndoChunk: async (chunk, startedAt) => {
      await step(`skipUndoChunk ${chunkKey(chunk)}`);
      return takeUndoChunk(state, chunk, { startedAt, by: 'skipped' });
    },
    park: async ({ sessionId }, job) => {
      await step(`park ${sessionId}`);
      parked.set(sessionId, job);
    },
    findParked: async (sessionId) => {
      await step(`findParked ${sessionId}`);
      return parked.get(sessionId);
    },
  };
};

const takeUndoChunk = ({ undoChunks }: ImportStateMaps, chunk: ImportChunk, wanted: UndoChunk): boolean => {
  const before = undoChunks.get(chunkKey(chunk));
  const isFree = !before || before.startedAt < wanted.startedAt;
  if (!isFree && !(before.startedAt === wanted.startedAt && before.by === wanted.by)) return false;
  undoChunks.set(chunkKey(chunk), wanted);
  return true;
};

/** What undos left behind, in memory. */
export const memoryUndoNotes = ({ undoNotes }: ImportStateMaps, step: Step): UndoNotes => ({
  put: async (note) => {
    await step(`putUndoNote ${note.contactId}`);
    undoNotes.set(`${note.contactId} ${note.sessionId}`, note);
  },
  listOf: async (contactId) => {
    await step(`readUndoNotes ${contactId}`);
    return [...undoNotes.values()].filter((note) => note.contactId === contactId);
  },
});

const isSession = (session: Partial<ImportSession>): session is ImportSession => session.sessionId !== undefined;

/** The objects of imports in memory, with byte ranges as in the real ones. */
export const memoryImportFiles = ({ objects }: ImportStateMaps, step: Step): ImportFiles => ({
  putRows: async (sessionId, chunks) => {
    await step(`putRows ${sessionId}`);
    return putChunks(objects, keyOfRows({ sessionId }), chunks);
  },
  putWindow: async ({ sessionId, number, attemptId }, chunks) => {
    await step(`putWindow ${sessionId} ${number}`);
    const rowsKey = `imports/${sessionId}/rows/${number}-${attemptId}.ndjson`;
    return putChunks(objects, rowsKey, chunks).map((range) => ({ ...range, rowsKey }));
  },
  readRows: async ({ firstByte, lastByte, ...chunk }) => {
    await step(`readRows ${chunk.sessionId}`);
    const bytes = Buffer.from(objects.get(keyOfRows(chunk)) ?? '').subarray(firstByte, lastByte + 1);
    return linesOf(bytes.toString()).map(readRow);
  },
  listWindows: async (sessionId) => {
    await step(`listWindows ${sessionId}`);
    return [...objects.keys()].filter((key) => key.startsWith(`imports/${sessionId}/rows/`));
  },
  putFormer: async ({ sessionId, number }, attemptId, former) => {
    await step(`putFormer ${sessionId} ${number}`);
    objects.set(`imports/${sessionId}/former/${number}-${attemptId}.ndjson`, toLines(former));
  },
  readFormer: async ({ sessionId, number }) => {
    await step(`readFormer ${sessionId} ${number}`);
    const kept = [...objects].filter(([key]) => key.startsWith(`imports/${sessionId}/former/${number}-`));
    const former = kept.flatMap(([, text]) => linesOf(text).map((line): FormerContact => JSON.parse(line)));
    return former.sort((one, other) => one.version - other.version);
  },
  forgetFormer: async (sessionId, contactIds) => {
    await step(`forgetFormer ${sessionId}`);
    for (const [key, text] of objects) {
      if (!key.startsWith(`imports/${sessionId}/former/`)) continue;
      const left = linesOf(text).filter((line) => !contactIds.has(JSON.parse(line).contactId));
      objects.set(key, left.map((line) => `${line}\n`).join(''));
    }
  },
  putUndone: async ({ sessionId, number, dryRun }, rows) => {
    await step(`putUndone ${sessionId} ${number}`);
    objects.set(`imports/${sessionId}/${dryRun ? 'undo-trials' : 'undone'}/${number}.ndjson`, toLines(rows));
  },
  readUndone: async ({ sessionId, number, dryRun }) => {
    await step(`readUndone ${sessionId} ${number}`);
    const text = objects.get(`imports/${sessionId}/${dryRun ? 'undo-trials' : 'undone'}/${number}.ndjson`);
    return text === undefined ? undefined : linesOf(text).map((line): UndoneRow => JSON.parse(line));
  },
  putOutcomes: async ({ sessionId, number }, attemptId, outcomes) => {
    await step(`putOutcomes ${sessionId} ${number}`);
    const key = `imports/${sessionId}/outcomes/${number}-${attemptId}.ndjson`;
    objects.set(key, toLines(outcomes));
    return key;
  },
  readOutcomes: async (outcomesKey) => {
    await step(`readOutcomes ${outcomesKey}`);
    const text = objects.get(outcomesKey);
    if (text === undefined) throw new Error(`No object ${outcomesKey}`);
    return linesOf(text).map(readOutcome);
  },
  listOutcomes: async (sessionId) => {
    await step(`listOutcomes ${sessionId}`);
    return [...objects.keys()].filter((key) => key.startsWith(`imports/${sessionId}/outcomes/`));
  },
  blankRows: async (of, rows) => {
    await step(`blankRows ${of.sessionId}`);
    const lines = linesOf(objects.get(keyOfRows(of)) ?? '').map((line) => {
      const { row } = readRow(line);
      return rows.has(row) ? blankLine(line, row) : line;
    });
    objects.set(keyOfRows(of), lines.map((line) => `${line}\n`).join(''));
  },
  blankOutcomes: async (outcomesKey, blank) => {
    await step(`blankOutcomes ${outcomesKey}`);
    objects.set(
      outcomesKey,
      toLines(
        linesOf(objects.get(outcomesKey) ?? '')
          .map(readOutcome)
          .map(blank),
      ),
    );
  },
});

/** One string for one chunk. */
export const chunkKey = ({ sessionId, number }: { sessionId: string; number: number }) => `${sessionId}#${number}`;
const sortOf = ({ createdAt, sessionId }: ImportSession) => `${createdAt}#${sessionId}`;
const keyOfRows = ({ sessionId, rowsKey }: Pick<ImportChunk, 'sessionId' | 'rowsKey'>) =>
  rowsKey ?? `imports/${sessionId}/rows.ndjson`;

const putChunks = (objects: Map<string, string>, key: string, chunks: readonly (readonly ImportRow[])[]) => {
  const texts = chunks.map(toLines);
  objects.set(key, texts.join(''));
  let firstByte = 0;
  return texts.map((text) => {
    const range = { firstByte, lastByte: firstByte + Buffer.byteLength(text) - 1 };
    firstByte = range.lastByte + 1;
    return range;
  });
};

const toLines = (values: readonly unknown[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join('');
const linesOf = (text: string): string[] => text.split('\n').filter((line) => line !== '');
const readOutcome = (line: string): RowOutcome => JSON.parse(line);
