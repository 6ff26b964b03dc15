import type { Confirmation } from './confirmation.ts';

/*
 * What double opt-in needs from outside, beside the ports of `ports.ts` and by their rules: what is thrown is transient
 * or a bug, and times are ISO 8601 in UTC.
 */

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
