/** What the product promised to callers by its answers, and what they asked for. */
export interface Ledger {
  /** Imports that were accepted, and how many rows each has. */
  readonly imports: Map<string, number>;
  /** The keys of events that were answered. */
  readonly events: Set<string>;
  /** The keys of events that start a run each. */
  readonly launches: Set<string>;
  /** The ids of orders that were taken. */
  readonly orders: Set<string>;
  /** The ids of messages that were taken. */
  readonly messages: Set<string>;
  /** When addresses were unsubscribed, for good. */
  readonly unsubscribed: Map<string, number>;
  /** When a message to a segment was asked for, by its subject. */
  readonly bulkMails: Map<string, number>;
  /** The mail that was seen, by what tells it from others. */
  readonly mail: Map<string, SeenMail>;
  /** Contacts whose confirmation was answered. */
  readonly confirmed: Set<number>;
  /** The contacts of addresses that subscribed. */
  readonly subscribers: Map<string, number>;
}

/** One message of the mailbox. */
export interface SeenMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly sentAt: string;
}

/** Nothing is promised yet. */
export const emptyLedger = (): Ledger => ({
  imports: new Map(),
  events: new Set(),
  launches: new Set(),
  orders: new Set(),
  messages: new Set(),
  unsubscribed: new Map(),
  bulkMails: new Map(),
  mail: new Map(),
  confirmed: new Set(),
  subscribers: new Map(),
});
