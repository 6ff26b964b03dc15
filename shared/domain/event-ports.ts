import type { EventType } from './event-type.ts';

/** The types of events that are defined. Reads are consistent. */
export interface EventTypeStore {
  /** Every type, by key. */
  list(): Promise<EventType[]>;
  /** Defines a type, or defines it anew. */
  put(type: EventType): Promise<void>;
  /** Whether there was such a type. */
  remove(key: string): Promise<boolean>;
}

/** The types of events as a function remembers them for a minute. */
export interface EventTypeMemory {
  find(key: string): Promise<EventType | undefined>;
}

/** From when to when, both included; ISO 8601 in UTC with milliseconds. */
export interface TimeRange {
  readonly from: string;
  readonly to: string;
}

/** Events that callers told of afterwards, as the log keeps them. */
export interface PastEvents {
  /**
   * Removes those that occurred in a range, until it is overdue; whether all of them are gone. What was told a moment ago
   * may be missed.
   */
  remove(range: TimeRange, isOverdue: () => boolean): Promise<boolean>;
}
