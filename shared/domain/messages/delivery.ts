import type { Suppression } from '../subscriptions/suppression.ts';
import type { MessageStatus } from './message.ts';

/** What was heard of a message on its way. Times are ISO 8601 in UTC. */
export interface Delivery {
  /** Absent for messages that are not kept, like those that ask for a confirmation. */
  readonly requestId?: string;
  /** Absent if it says nothing new about the message. */
  readonly status?: MessageStatus;
  readonly at: string;
  /** Why it was not delivered, for people, without an address. */
  readonly reason?: string;
  /** Absent if it is neither. */
  readonly report?: 'bounced' | 'complained';
  /** Addresses that get no messages of some kinds any more, and why (contract 2.8). */
  readonly suppress: readonly Omit<Suppression, 'since'>[];
  /** The digits of phone numbers that take their STOP back. */
  readonly resume?: readonly string[];
}
