import type { Queue } from '../queue.ts';
import type { Segment } from '../segments/segment.ts';
import type { Confirmation } from './confirmation.ts';
import type { KeptProposal } from './proposal.ts';
import type { PromisedSubscription } from './subscription-event.ts';
import type { Suppression } from './suppression.ts';

/** A subscription category and the segment that mirrors it and has its name (contract 4.11). */
export interface Category {
  readonly key: string;
  readonly segmentId: number;
}

/** Segment ids of categories as a function remembers them for a minute. */
export interface CategoryMemory {
  /** By key. */
  segmentIds(): Promise<ReadonlyMap<string, number>>;
}

export interface CategoryStore {
  /** Every category, by key. */
  list(): Promise<Category[]>;
  /** Binds a key to a segment, if the key is free and the segment still as it was read; whether that was so. */
  create(key: string, segment: Segment): Promise<boolean>;
  /** Frees a key and its segment; whether they were bound. */
  remove(category: Category): Promise<boolean>;
}

/**
 * Addresses that get no bulk messages, apart from the contacts that have them, so that no import lifts it. E-mail and
 * phone of one person are suppressed each by itself.
 */
export interface SuppressionStore {
  /** Those of the addresses that are suppressed. */
  find(addresses: readonly string[]): Promise<Suppression[]>;
  /** Suppresses addresses; a stronger reason stays, and of equal ones the first (`reasonsBelow`). */
  add(suppressions: readonly Suppression[]): Promise<void>;
  remove(addresses: readonly string[]): Promise<void>;
  /** Takes back what an import brought in about these addresses, and nothing that anyone else asked for. */
  lift(sessionId: string, addresses: readonly string[]): Promise<void>;
  /** Takes back what phone numbers said by a STOP until a time, and nothing that is known of them otherwise. */
  liftStops(phones: readonly string[], until: string): Promise<void>;
}

/** Subscriptions that come back after a while to be checked: each created contact needs its event. */
export type SubscriptionQueue = Queue<PromisedSubscription>;

/** Signs texts with a key that only this stage has and that is made when something is first signed. */
export interface Signer {
  /** 43 characters of base64url. */
  sign(text: string): Promise<string>;
  /** Whether the signature is that of the text, compared in constant time; without a key nothing is signed. */
  isSigned(text: string, signature: string): Promise<boolean>;
}

/** A message to one person. */
export interface MailMessage {
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

export interface Mailer {
  /** Resolves when the message was accepted for delivery. */
  send(message: MailMessage): Promise<void>;
}

/** One attempt to send to an address: it holds the right to until it ends or its time is over. */
export interface SendingAttempt {
  readonly attemptId: string;
  readonly now: string;
  readonly until: string;
  /** A message that was sent after this time is enough. */
  readonly enoughSince: string;
}

/** Which addresses were sent a confirmation message lately, by the keyed hash of the address. */
export interface ConfirmationMails {
  /** Takes the right to send; `sent`: that was done lately, `busy`: another attempt holds the right. */
  begin(addressHash: string, attempt: SendingAttempt): Promise<'begun' | 'sent' | 'busy'>;
  /** Gives the right back of an attempt that failed. */
  abandon(addressHash: string, attemptId: string): Promise<void>;
  /** Notes that a message was sent. */
  noteSent(addressHash: string, sentAt: string): Promise<void>;
  /** Forgets that a message was sent before this time: anyone who reads the mail of the address has answered it. */
  release(addressHash: string, until: string): Promise<void>;
}

/** Which contact confirms which address. */
export interface ConfirmationKey {
  readonly contactId: number;
  readonly addressHash: string;
}

/** How far the confirmations of addresses have come, so that each ends once whatever happens on its way. */
export interface Confirmations {
  find(key: ConfirmationKey): Promise<Confirmation | undefined>;
  /**
   * Begins a confirmation by a link; or returns the one that is under way, or that was finished after the link was
   * issued.
   */
  begin(key: ConfirmationKey, at: { readonly startedAt: string; readonly issuedAt: string }): Promise<Confirmation>;
  finish(key: ConfirmationKey, confirmation: Confirmation, finishedAt: string): Promise<void>;
}

/** What forms would change about contacts that are known, kept aside until the owner of the address confirms it. */
export interface Proposals {
  /**
   * Lays a proposal over what is kept of the same contact and address, until a time; whether it is kept. Of somebody who
   * is erased nothing is.
   */
  add(key: ConfirmationKey, proposal: KeptProposal, until: string): Promise<boolean>;
  find(key: ConfirmationKey): Promise<KeptProposal | undefined>;
  /** Removes a proposal, unless another one was laid over it since. */
  remove(key: ConfirmationKey, revision: string): Promise<void>;
  /** Removes everything that is kept of a contact. */
  forget(contactId: number): Promise<void>;
}

/** Tells people from programs. */
export interface CaptchaCheck {
  /** Whether a person solved the puzzle, by what the form sent of it and where it came from. */
  isSolved(answer: string, sourceIp: string): Promise<boolean>;
}
