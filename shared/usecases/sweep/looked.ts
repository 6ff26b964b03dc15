import type { WorkNote } from '#domain/unfinished.ts';

/** What became of one note: its work was over, was resumed, or was ended as nothing helped; `waits`: it takes its time. */
export type Outcome = 'over' | 'resumed' | 'ended' | 'waits';

/** What looking at a note came to, and the note that takes its place if the work is to be looked at again. */
export interface Looked {
  readonly outcome: Outcome;
  readonly next?: WorkNote;
}
