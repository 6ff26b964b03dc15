import type { Contact } from '../contacts/contact.ts';
import type { Suppression } from '../subscriptions/suppression.ts';

/** What a message travels by. */
export type MessageChannel = 'email' | 'sms';

/** Who an e-mail says that it is from; what is absent is the stage's own. */
export interface EmailSender {
  readonly name?: string;
  /** One that the stage may send from. */
  readonly address?: string;
  /** Who is answered, if not whom it is from. */
  readonly replyTo?: string;
}

/** An e-mail before its parameters are filled in; it has `html`, `text` or both. */
export interface EmailContent {
  readonly channel: 'email';
  readonly from: EmailSender;
  readonly subject: string;
  readonly html?: string;
  readonly text?: string;
}

/** An SMS before its parameters are filled in. */
export interface SmsContent {
  readonly channel: 'sms';
  /** A number or a name that the stage may send from; its own if absent. */
  readonly from?: string;
  readonly text: string;
}

/** What a message says, with `${name}` where parameters go. */
export type MessageContent = EmailContent | SmsContent;

/** Where the content of a message is kept: in a version of a stored message, or by itself. */
export type ContentName = { readonly templateId: number; readonly version: number } | { readonly contentId: string };

/** What is filled in for `${name}`, and for `${name.member}` if it is an object: plain JSON. */
export type MessageParams = Readonly<Record<string, unknown>>;

/** Whom a message may go to beside confirmed addresses (contract 2.8); to a blacklisted one nothing ever goes. */
export interface Reach {
  readonly unconfirmed: boolean;
  /** Addresses that were unsubscribed or that complained; a transactional message goes to them (contract 6). */
  readonly unsubscribed: boolean;
}

/** A message of its own, asked for by one call for one person: order confirmations, passwords, reminders. */
export const transactionalReach: Reach = { unconfirmed: true, unsubscribed: true };

/** A message to all contacts of a segment. */
export const bulkReach: Reach = { unconfirmed: false, unsubscribed: false };

/**
 * `QUEUED` until it was handed over, `SENT` until something is heard of it. `UNDELIVERED` and `SPAM`, a complaint, may
 * come after `DELIVERED`.
 */
export type MessageStatus = 'QUEUED' | 'SENT' | 'DELIVERED' | 'UNDELIVERED' | 'SPAM';

/** What is needed to send a message, and is forgotten once it was sent. */
export interface MessageTask {
  /** An e-mail address or the digits of a phone number, as contacts have them. */
  readonly to: string;
  readonly content: ContentName;
  readonly params: MessageParams;
  readonly reach: Reach;
  /** Whether `${name}` is filled in. */
  readonly isPersonal: boolean;
  /** Takes the place of the name that the content says it is from. */
  readonly fromName?: string;
}

/** One message to one contact. Times are ISO 8601 in UTC. */
export interface Message {
  /** A UUID. */
  readonly requestId: string;
  readonly contactId: number;
  readonly channel: MessageChannel;
  readonly status: MessageStatus;
  /** Why it was not delivered, for people, without an address. */
  readonly reason?: string;
  /** The stored message that it came from; absent if it said everything itself. */
  readonly templateId?: number;
  readonly createdAt: string;
  readonly statusAt: string;
}

/** A message that is still to be sent. */
export interface QueuedMessage extends Message {
  readonly task: MessageTask;
}

/** What all messages of one request have in common. */
export interface MessageRule extends Omit<MessageTask, 'to' | 'params'> {
  readonly channel: MessageChannel;
}

/** A message to one recipient, to be sent. */
export const queuedMessage = (
  { requestId, contactId, ...task }: Pick<Message, 'requestId' | 'contactId'> & Pick<MessageTask, 'to' | 'params'>,
  { channel, ...rule }: MessageRule,
  now: string,
): QueuedMessage => ({
  requestId,
  contactId,
  channel,
  status: 'QUEUED',
  createdAt: now,
  statusAt: now,
  ...('templateId' in rule.content && { templateId: rule.content.templateId }),
  task: { ...task, ...rule },
});

const ranks: Readonly<Record<MessageStatus, number>> = { QUEUED: 0, SENT: 1, DELIVERED: 2, UNDELIVERED: 3, SPAM: 4 };

/** Every status that another one takes the place of, in whatever order they are heard of. */
export const statusesBefore = (status: MessageStatus): MessageStatus[] =>
  (Object.keys(ranks) as MessageStatus[]).filter((one) => ranks[one] < ranks[status]);

const blacklistings: Readonly<Record<string, string>> = { bounced: 'has bounced', stopped: 'has answered STOP' };

/** Why a message must not go to an address, or `undefined` where it may (contract 2.8). */
export const refusalOf = (
  channel: MessageChannel,
  contact: Pick<Contact, 'confirmed' | 'email'>,
  about: { readonly address: string; readonly suppression: Suppression | undefined; readonly reach: Reach },
): string | undefined => {
  const { address, suppression, reach } = about;
  const name = channel === 'email' ? 'address' : 'phone number';
  if (suppression?.reason === 'blacklisted')
    return `The ${name} ${blacklistings[suppression.cause ?? ''] ?? 'is blacklisted'}`;
  if (suppression?.reason === 'spam' && !reach.unsubscribed) return `The ${name} has complained about messages`;
  if (suppression?.reason === 'unsubscribed' && !reach.unsubscribed) return `The ${name} has unsubscribed`;
  // Confirmation is about e-mail alone.
  const isUnconfirmed = channel === 'email' && contact.email === address && !contact.confirmed;
  return isUnconfirmed && !reach.unconfirmed ? 'The address is not confirmed' : undefined;
};

/** What every message can say of its contact without being told. */
export const paramsOfContact = ({
  id,
  firstName,
  lastName,
  email,
  sms,
  externalCustomerId,
  languageCode,
}: Contact): MessageParams => ({
  contact: { id, firstName, lastName, email, sms, externalCustomerId, languageCode },
});
