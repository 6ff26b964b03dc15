import { type ContentName, type MessageContent, queuedMessage, type Reach } from '#domain/messages/message.ts';
import type { MessageQueue, MessageStore } from '#domain/messages/ports.ts';
import { noteOfWork, requestMinutes, type UnfinishedNotes } from '#domain/unfinished.ts';
import {
  type MessageRecipient,
  type ReachedRecipient,
  type ReachRecipientsPorts,
  reachRecipients,
} from './reach-recipients.ts';

export interface SendMessagesPorts extends ReachRecipientsPorts {
  readonly messages: Pick<MessageStore, 'putContent' | 'create'>;
  readonly messageQueue: MessageQueue;
  readonly unfinished: Pick<UnfinishedNotes, 'note' | 'forget'>;
}

/** One message to many. */
export interface MessageRequest {
  readonly content: MessageContent;
  /** The version of the stored message that the content is; absent if it is none. */
  readonly template?: { readonly templateId: number; readonly version: number };
  readonly recipients: readonly MessageRecipient[];
  readonly reach: Reach;
  /** Whether `${name}` is filled in. */
  readonly isPersonal: boolean;
  readonly fromName?: string;
}

/** What became of one recipient; whatever has an error is not sent, and creates nothing. */
export interface AcceptedMessage {
  readonly locator: string;
  readonly requestId: string;
  readonly contactId?: number;
  readonly error?: string;
}

/**
 * Accepts one message to many recipients, in order, and queues it to each; an unknown recipient becomes a contact
 * (contract 4.17). Two recipients with the same address and parameters are one.
 */
export const sendMessages = async (ports: SendMessagesPorts, request: MessageRequest): Promise<AcceptedMessage[]> => {
  const { content, reach, recipients } = request;
  const reached = await reachRecipients(ports, { channel: content.channel, reach }, recipients);
  const addressees = addresseesOf(reached);
  if (addressees.length > 0) await queue(ports, request, addressees);
  return reached.map(({ locator, requestId, contact, error }) => ({
    locator,
    requestId,
    ...(contact && { contactId: contact.id }),
    ...(error !== undefined && { error }),
  }));
};

/** A recipient of a message. */
type Addressee = Parameters<typeof queuedMessage>[0];

/** Everybody who is reached, each message once. */
export const addresseesOf = (reached: readonly ReachedRecipient[]): Addressee[] => {
  const addressees = reached.flatMap(({ requestId, contact, address, params }): Addressee[] =>
    contact ? [{ requestId, contactId: contact.id, to: address, params }] : [],
  );
  return [...new Map(addressees.map((one) => [one.requestId, one])).values()];
};

/**
 * What is queued can be sent: content comes before the messages that name it, and those before their places in the queue. If
 * a crash comes between the two, a sweep queues them by the note.
 */
const queue = async (
  ports: SendMessagesPorts,
  { content: { channel }, content, template, reach, isPersonal, fromName }: MessageRequest,
  addressees: readonly Addressee[],
): Promise<void> => {
  const name: ContentName = template ?? { contentId: ports.newId() };
  const rule = { channel, content: name, reach, isPersonal, ...(fromName !== undefined && { fromName }) };
  const now = ports.now();
  const messages = addressees.map((addressee) => queuedMessage(addressee, rule, now));
  const requestIds = messages.map(({ requestId }) => requestId);
  const [id = ''] = requestIds;
  const note = noteOfWork({ kind: 'messages', requestIds }, { id, now, minutes: requestMinutes });
  await Promise.all([
    'contentId' in name && ports.messages.putContent(name.contentId, content),
    ports.unfinished.note(note),
  ]);
  await ports.messages.create(messages, messages.length === 1);
  await ports.messageQueue.send(requestIds.map((requestId) => ({ requestId })));
  await ports.unfinished.forget(note);
};
