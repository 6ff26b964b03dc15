/** What an undo makes of a row: the contact is gone, has former values back, stays as it is, or never was touched. */
export const undoOutcomes = ['removed', 'restored', 'kept', 'nothing'] as const;

export type UndoOutcome = (typeof undoOutcomes)[number];

/** What became of a row when its import was undone. */
export interface UndoneRow {
  readonly row: number;
  readonly outcome: UndoOutcome;
  readonly contactId?: number;
  /** Why the contact, or which of its members, stays as it is. */
  readonly reasons?: readonly string[];
}

/** How far the undo of an import has come. Times are ISO 8601 in UTC. */
export interface ImportUndo {
  readonly state: 'RUNNING' | 'FINISHED';
  /** Nothing is written: every outcome says what would become of the row. */
  readonly dryRun?: true;
  readonly startedAt: string;
  readonly finishedAt?: string;
  /** In rows. */
  readonly counts: Readonly<Record<UndoOutcome, number>>;
}

/** No row was undone yet. */
export const nothingUndone: ImportUndo['counts'] = { removed: 0, restored: 0, kept: 0, nothing: 0 };
