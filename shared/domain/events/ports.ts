import type { Page, PageRequest } from '../page.ts';
import type { ContactEvent, LoggedEvent } from './event.ts';
import type { EventType } from './event-type.ts';

export interface EventBus {
  /** Resolves when the bus has accepted every event, the ones that failed at first included. */
  publish(events: readonly ContactEvent[]): Promise<void>;
}

/** Which events are wanted. */
export interface EventFilter {
  readonly type?: string;
  readonly keyValue?: string;
  /** About whom. */
  readonly contactId?: number;
  /** Occurred then or later; ISO 8601 in UTC. */
  readonly from?: string;
  /** Occurred then or before. */
  readonly to?: string;
}

export interface EventLog {
  /** Keeps events; the same event again changes nothing. */
  append(events: readonly LoggedEvent[]): Promise<void>;
  /** Whether it has this event, by a consistent read. */
  has(event: Pick<ContactEvent, 'eventId' | 'keyValue' | 'occurredAt'>): Promise<boolean>;
  /** Newest first. */
  list(filter: EventFilter, page: PageRequest): Promise<Page<LoggedEvent>>;
  /** Forgets every event about a contact, whatever its key value; by consistent reads, so none is left behind. */
  forget(contactId: number): Promise<void>;
  /** Likewise every event about an unknown contact that has one of these fingerprints and was recorded until then. */
  forgetUnknown(fingerprints: readonly string[], until: string): Promise<void>;
}

/** The types of events that are defined. Reads are consistent. */
export interface EventTypeStore {
  /** Every type, by key. */
  list(): Promise<EventType[]>;
  /** Defines a type, or replaces its definition. */
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

/** Past events that callers recorded, as the log keeps them. */
export interface PastEvents {
  /**
   * Removes those that occurred in a range, until it is overdue; whether all of them are gone. What was recorded a
   * moment ago may be missed.
   */
  remove(range: TimeRange, isOverdue: () => boolean): Promise<boolean>;
}
