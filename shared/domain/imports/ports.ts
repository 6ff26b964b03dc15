import type { FetchJob } from '../files/fetch-ports.ts';
import type { UploadStore } from '../files/ports.ts';
import type { SplitJob } from '../files/upload.ts';
import type { Page, PageRequest } from '../page.ts';
import type { Queue } from '../queue.ts';
import type { Counts, ImportChunk, ImportRow, ImportSession, RowOutcome, SweepNote } from './import-session.ts';
import type { Overlay, PredictionJob, StoredOverlay } from './prediction.ts';
import type { FormerContact, UndoNote } from './undo.ts';
import type { ImportUndo, UndoneRow, UndoState } from './undone-rows.ts';

/** Import sessions and their chunks. */
export interface ImportStore extends UploadStore {
  /** Creates a session in state STARTED with its open chunks; a session that is there already stays as it is. */
  create(session: ImportSession, chunks: readonly ImportChunk[]): Promise<void>;
  find(sessionId: string): Promise<ImportSession | undefined>;
  /** Newest first. */
  list(page: PageRequest): Promise<Page<ImportSession>>;
  findChunk(sessionId: string, number: number): Promise<ImportChunk | undefined>;
  /** All chunks, ascending by number. */
  listChunks(sessionId: string): Promise<ImportChunk[]>;
  /** STARTED becomes IMPORTING; any other state stays. */
  start(sessionId: string, startedAt: string): Promise<void>;
  /** Notes that a worker is about to save the rows of a chunk, which is not skipped any more; `false` if it was. */
  beginChunk(chunk: ImportChunk): Promise<boolean>;
  /**
   * Moves a chunk from `open` (or, for `done`, from `failed`) to its end, once; whether this call did it. `isUntouched`: only
   * if no worker began it.
   */
  endChunk(chunk: EndedChunk, condition?: { readonly isUntouched: boolean }): Promise<boolean>;
  /** Sessions created from a time on, or all, the oldest first; what was created a moment ago may be missed. */
  listSince(since: string | undefined, page: PageRequest): Promise<Page<ImportSession>>;
  /**
   * What keeps a session open: the numbers of its open chunks, ascending, and 0 for a file that is still being read.
   */
  listOpen(sessionId: string): Promise<number[]>;
  /** Notes how far a session was when the sweep looked at it; one that is over stays as it is. */
  noteSweep(sessionId: string, note: SweepNote): Promise<void>;
  /** Whether any chunk is still open, by a consistent read that does not grow with the number of chunks. */
  hasOpenChunks(sessionId: string): Promise<boolean>;
  /** Ends the session; repeating it is harmless, and an ERROR may still become FINISHED after a redrive. */
  end(
    sessionId: string,
    end: { state: 'FINISHED' | 'ERROR' | 'CANCELLED'; counts: Counts; finishedAt: string; reason?: string },
  ): Promise<void>;
  /** STARTED and IMPORTING become PAUSED; any other state stays. */
  pause(sessionId: string): Promise<void>;
  /** PAUSED becomes what it was before; any other state stays. */
  resume(sessionId: string): Promise<void>;
  /** STARTED, IMPORTING and PAUSED become CANCELLED; any other state stays. */
  cancel(sessionId: string): Promise<void>;
  /** Begins an undo in place of the one before; `false` if the session is not closed, or has another undo by now. */
  beginUndo(sessionId: string, undo: ImportUndo, before: ImportUndo | undefined): Promise<boolean>;
  /** Moves an undo that is not over to another state, if it is in one of these. */
  moveUndo(sessionId: string, from: readonly UndoState[], to: UndoState): Promise<void>;
  /** Ends an undo, once; another one that was begun meanwhile stays as it is. */
  endUndo(sessionId: string, undo: ImportUndo): Promise<void>;
  /** Notes that a worker is about to undo a chunk; `false` if its rows are skipped, or a later undo has it. */
  beginUndoChunk(chunk: ImportChunk, startedAt: string): Promise<boolean>;
  /** Notes that the rows of a chunk are skipped; `false` if a worker has begun it. */
  skipUndoChunk(chunk: ImportChunk, startedAt: string): Promise<boolean>;
  /** Keeps the message of the file or the dry run of a paused session, as its queue keeps nothing. */
  park(session: Pick<ImportSession, 'sessionId' | 'createdAt'>, job: ParkedJob): Promise<void>;
  findParked(sessionId: string): Promise<ParkedJob | undefined>;
}

/** Which chunk of which undo. */
export interface UndoneChunk {
  readonly sessionId: string;
  readonly number: number;
  readonly dryRun: boolean;
}

/** An import that is to be undone, from a chunk on downwards. */
export interface UndoJob {
  readonly sessionId: string;
  readonly from: number;
  readonly dryRun: boolean;
}

/** What undoing imports left behind on contacts that others had written since, as long as former values are kept. */
export interface UndoNotes {
  /** Notes it, in place of an earlier note of the import on the contact. */
  put(note: UndoNote): Promise<void>;
  listOf(contactId: number): Promise<UndoNote[]>;
}

/** A message that is sent again when its session is resumed. */
export type ParkedJob =
  | { readonly queue: 'fetch'; readonly message: FetchJob }
  | { readonly queue: 'split'; readonly message: SplitJob }
  | { readonly queue: 'prediction'; readonly message: PredictionJob };

/** A chunk that is over, with what became of its rows. */
export type EndedChunk = ImportChunk & {
  readonly state: 'done' | 'failed';
  readonly counts: Counts;
  readonly outcomesKey: string;
};

/** The rows of imports and what became of them, as newline-delimited JSON in objects. */
export interface ImportFiles {
  /** Stores a session's rows, chunk after chunk, and returns each chunk's byte range (last byte inclusive). */
  putRows(
    sessionId: string,
    chunks: readonly (readonly ImportRow[])[],
  ): Promise<{ firstByte: number; lastByte: number }[]>;
  /** Stores the rows of one window of a file likewise, under a key of their own. */
  putWindow(
    window: { sessionId: string; number: number; attemptId: string },
    chunks: readonly (readonly ImportRow[])[],
  ): Promise<{ rowsKey: string; firstByte: number; lastByte: number }[]>;
  readRows(chunk: ImportChunk): Promise<ImportRow[]>;
  /** The keys of all windows of a session, those of attempts that were given up among them. */
  listWindows(sessionId: string): Promise<string[]>;
  /** Stores a chunk's outcomes under a key of their own and returns it. */
  putOutcomes(chunk: ImportChunk, attemptId: string, outcomes: readonly RowOutcome[]): Promise<string>;
  readOutcomes(outcomesKey: string): Promise<RowOutcome[]>;
  /** The keys of all outcomes of a session, those of attempts that were given up among them. */
  listOutcomes(sessionId: string): Promise<string[]>;
  /**
   * Overwrites rows of one object in place, so that the byte ranges of all chunks stay. They are read as refused rows
   * without values from then on; two who do so at once do not undo each other's work.
   */
  blankRows(of: Pick<ImportChunk, 'sessionId' | 'rowsKey'>, rows: ReadonlySet<number>): Promise<void>;
  /** Keeps contacts as they are before an attempt at a chunk writes them, under a key of the attempt. */
  putFormer(chunk: ImportChunk, attemptId: string, former: readonly FormerContact[]): Promise<void>;
  /** Everything that was kept of a chunk, of every attempt; of each contact in the order of its versions. */
  readFormer(chunk: Pick<ImportChunk, 'sessionId' | 'number'>): Promise<FormerContact[]>;
  /** Forgets what was kept of these contacts in an import; two who do so at once do not undo each other's work. */
  forgetFormer(sessionId: string, contactIds: ReadonlySet<number>): Promise<void>;
  /** Stores what an undo, or its dry run, made of the rows of a chunk. */
  putUndone(of: UndoneChunk, rows: readonly UndoneRow[]): Promise<void>;
  /** `undefined` if the chunk was not undone. */
  readUndone(of: UndoneChunk): Promise<UndoneRow[] | undefined>;
  /** Overwrites outcomes with what `blank` makes of each; two who do so at once do not undo each other's work. */
  blankOutcomes(outcomesKey: string, blank: (outcome: RowOutcome) => RowOutcome): Promise<void>;
}

/** Which chunk is to be worked on. */
export interface ChunkJob {
  readonly sessionId: string;
  readonly number: number;
}

/** Chunks that are to be imported, or given up. */
export type ChunkQueue = Queue<ChunkJob>;

/** Dry runs that are to begin or to resume. */
export type PredictionQueue = Queue<PredictionJob>;

/** What a dry run carries from one worker to the next. */
export interface OverlayFiles {
  put(sessionId: string, attemptId: string, overlay: Overlay): Promise<StoredOverlay>;
  /** `undefined` if it was removed: another worker has resumed from it. */
  read(stored: StoredOverlay): Promise<Overlay | undefined>;
  /** Repeating it is harmless. */
  remove(stored: StoredOverlay): Promise<void>;
}
