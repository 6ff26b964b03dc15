import type { Erasure } from './erasure/erasure.ts';

/** Work in several parts, of which the last ones are lost if its function crashes between two of them. */
export type UnfinishedWork =
  | { readonly kind: 'orders'; readonly externalOrderIds: readonly string[] }
  | { readonly kind: 'messages'; readonly requestIds: readonly string[] }
  | { readonly kind: 'sending'; readonly requestId: string }
  | { readonly kind: 'erasure'; readonly erasure: Erasure }
  | { readonly kind: 'run'; readonly runId: string };

/** A note of such work, which a sweep looks at once it is due. Times are ISO 8601 in UTC. */
export interface WorkNote {
  /** Tells notes of one kind and time apart. */
  readonly id: string;
  readonly dueAt: string;
  /** Times that the sweep has resumed it already. */
  readonly rounds: number;
  readonly work: UnfinishedWork;
}

/**
 * Notes of work under way: written before its first part and forgotten after its last, so that what a crash leaves is found
 * without looking through the table.
 */
export interface UnfinishedNotes {
  note(note: WorkNote): Promise<void>;
  /** Forgets a note; nothing happens if there is none. */
  forget(note: Pick<WorkNote, 'id' | 'dueAt'> & { readonly work: Pick<UnfinishedWork, 'kind'> }): Promise<void>;
  /** Some of the notes that are due, the longest due among them. */
  due(now: string): Promise<WorkNote[]>;
}

/** Longer than any function runs that answers a request. */
export const requestMinutes = 10;

/** An erasure waits a quarter of an hour for functions to end, and again for imports that still run. */
export const erasureMinutes = 60;

/** A step of a run that fails is repeated for a quarter of an hour. */
export const runMinutes = 60;

/** The note of work that was begun or resumed now. */
export const noteOfWork = (
  work: UnfinishedWork,
  {
    id,
    now,
    minutes,
    rounds = 0,
  }: { readonly id: string; readonly now: string; readonly minutes: number; readonly rounds?: number },
): WorkNote => ({ id, dueAt: minutesAfter(now, minutes), rounds, work });

/** The note of an erasure, by when it was promised. */
export const noteOfErasure = (erasure: Erasure & { readonly promisedAt: string }, rounds = 0): WorkNote =>
  noteOfWork(
    { kind: 'erasure', erasure },
    { id: String(erasure.contactId), now: erasure.promisedAt, minutes: erasureMinutes, rounds },
  );

const minutesAfter = (time: string, minutes: number): string =>
  new Date(Date.parse(time) + minutes * 60_000).toISOString();
