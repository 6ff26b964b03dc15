/**
 * Who an event comes from where it is no fact of Rollcall's own: a caller who raised it, or a caller who told of it
 * afterwards, which launches nothing and never comes over the bus.
 */
export type EventOrigin = 'caller' | 'history';

/** A fact for the workflows: the detail of the EventBridge event and an item of the event log. */
export interface ContactEvent {
  /** A repeat of the same fact has the same id. */
  readonly eventId: string;
  readonly eventTypeKey: string;
  readonly keyValue: string;
  /** Absent where the event names nobody who is known. */
  readonly contactId?: number;
  /** By name; whatever JSON can hold. */
  readonly params: Readonly<Record<string, unknown>>;
  /** ISO 8601 in UTC. */
  readonly occurredAt: string;
  /** Absent where Rollcall itself tells a fact. */
  readonly origin?: EventOrigin;
}

/** An event as the log keeps it. */
export interface LoggedEvent extends ContactEvent {
  /** Of whom it may be about, where it is about nobody who is known: erasing them finds it by these. */
  readonly fingerprints?: readonly string[];
  /** When a caller told of it, where that was after it occurred. ISO 8601 in UTC. */
  readonly publishedAt?: string;
}
