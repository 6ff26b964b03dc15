/** What the use cases would otherwise read from the process: the time and randomness. */
export interface Ambient {
  /** ISO 8601 in UTC with milliseconds. */
  now(): string;
  /** A random UUID. */
  newId(): string;
  /** Waits at random, at most `milliseconds` longer than `atLeast`, so that writers who met do not meet again. */
  pause(milliseconds: number, atLeast?: number): Promise<void>;
}
