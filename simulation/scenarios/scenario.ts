import type { EventSource } from '../event-source.ts';

/** What is asked of a stage. */
export interface Scenario {
  /** What `meters.done` counts. */
  readonly unit: string;
  readonly total: number;
  /** The queues that it passes through, the one that decides first. */
  readonly queues: readonly EventSource[];
  begin(): void;
}
