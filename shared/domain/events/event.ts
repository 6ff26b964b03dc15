/**
 * Who an event comes from if it is no fact of Rollcall's own: a caller who raised it, or a caller who recorded it
 * afterwards, which launches nothing and never comes over the bus.
 */
export type EventOrigin = 'caller' | 'history';

/** A fact for the workflows: the detail of the EventBridge event and an item of the event log. */
export interface ContactEvent {
  /** A repeat of the same fact has the same id. */
  readonly eventId: string;
  readonly eventTypeKey: string;
  readonly keyValue: string;
  /** Absent if the event names no known contact. */
  readonly contactId?: number;
  /** By name; whatever JSON can hold. */
  readonly params: Readonly<Record<string, unknown>>;
  /** ISO 8601 in UTC. */
  readonly occurredAt: string;
  /** Absent for a fact of Rollcall's own. */
  readonly origin?: EventOrigin;
}

/** An event as the log keeps it. */
export interface LoggedEvent extends ContactEvent {
  /** Of the identities that it names, if its contact is unknown: erasing that person finds it by these. */
  readonly fingerprints?: readonly string[];
  /** When a caller recorded it, if that was after it occurred. ISO 8601 in UTC. */
  readonly publishedAt?: string;
}
