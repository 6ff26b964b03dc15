/**
 * What an undo makes of a row: the contact is gone, has former values back, stays as it is, or never was touched; or the
 * undo was cancelled before the row.
 */
export const undoOutcomes = ['removed', 'restored', 'kept', 'nothing', 'skipped'] as const;

export type UndoOutcome = (typeof undoOutcomes)[number];

/** What became of a row when its import was undone. */
export interface UndoneRow {
  readonly row: number;
  readonly outcome: UndoOutcome;
  readonly contactId?: number;
  /** Why the contact, or which of its members, stays as it is. */
  readonly reasons?: readonly string[];
}

/** How an undo can be; only one that is paused is in no worker's hands and not over. */
export const undoStates = ['RUNNING', 'PAUSED', 'CANCELLED', 'FINISHED'] as const;

export type UndoState = (typeof undoStates)[number];

/** How far the undo of an import has come. Times are ISO 8601 in UTC. */
export interface ImportUndo {
  readonly state: UndoState;
  /** Nothing is written: every outcome says what would become of the row. */
  readonly dryRun?: true;
  /** Addresses are written to again that the import, and nobody else, closed. */
  readonly suppressions?: true;
  /** It tells one undo of an import from another. */
  readonly startedAt: string;
  /** Absent as long as rows are undone or skipped. */
  readonly finishedAt?: string;
  /** In rows. */
  readonly counts: Readonly<Record<UndoOutcome, number>>;
}

/** What is asked of an undo. */
export interface UndoOptions {
  readonly dryRun: boolean;
  readonly suppressions: boolean;
}

/** No row was undone yet. */
export const nothingUndone: ImportUndo['counts'] = { removed: 0, restored: 0, kept: 0, nothing: 0, skipped: 0 };
