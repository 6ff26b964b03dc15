/** From when on the next sweep looks at what was begun; everything older was over. Times are ISO 8601 in UTC. */
export interface SweepMarks {
  /** `undefined` before the first sweep. */
  read(sweep: SweepName): Promise<string | undefined>;
  write(sweep: SweepName, since: string): Promise<void>;
}

export type SweepName = 'imports';

/** What waits in the queues that the work of a sweep passes through. */
export interface Backlog {
  /** Whether any message waits or is being worked on, as far as the queues know. */
  hasMessages(): Promise<boolean>;
}
