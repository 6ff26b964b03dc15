import type { ContentName, MessageContent, QueuedMessage, Reach } from '#domain/message.ts';
import type { MessageQueue, MessageStore } from '#domain/message-ports.ts';
import {
  type MessageRecipient,
  type ReachedRecipient,
  type ReachRecipientsPorts,
  reachRecipients,
} from './reach-recipients.ts';

export interface SendMessagesPorts extends ReachRecipientsPorts {
  readonly messages: Pick<MessageStore, 'putContent' | 'create'>;
  readonly messageQueue: MessageQueue;
}

/** One message to many. */
export interface MessageRequest {
  readonly content: MessageContent;
  /** The version of the stored message that the content is; absent where it is none. */
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
 * Accepts one message to many recipients, in order, and queues it to each; whoever is unknown becomes a contact (contract
 * 4.17). Two recipients with the same address and parameters are one.
 */
export const sendMessages = async (ports: SendMessagesPorts, request: MessageRequest): Promise<AcceptedMessage[]> => {
  const { content, reach, recipients } = request;
  const reached = await reachRecipients(ports, { channel: content.channel, reach }, recipients);
  const messages = new Map(
    reached.flatMap((one) => (one.contact ? [[one.requestId, { ...one, contact: one.contact }] as const] : [])),
  );
  if (messages.size > 0) await queue(ports, request, [...messages.values()]);
  return reached.map(({ locator, requestId, contact, error }) => ({
    locator,
    requestId,
    ...(contact && { contactId: contact.id }),
    ...(error !== undefined && { error }),
  }));
};

type Addressee = ReachedRecipient & Required<Pick<ReachedRecipient, 'contact'>>;

/** What is queued can be sent: content comes before the messages that name it, and those before their places in the queue. */
const queue = async (
  ports: SendMessagesPorts,
  request: MessageRequest,
  addressees: readonly Addressee[],
): Promise<void> => {
  const name: ContentName = request.template ?? { contentId: ports.newId() };
  if ('contentId' in name) await ports.messages.putContent(name.contentId, request.content);
  const now = ports.now();
  await ports.messages.create(addressees.map((one) => messageTo(one, { name, request, now })));
  await ports.messageQueue.send(addressees.map(({ requestId }) => requestId));
};

const messageTo = (
  { requestId, contact, address, params }: Addressee,
  { name, request, now }: { readonly name: ContentName; readonly request: MessageRequest; readonly now: string },
): QueuedMessage => ({
  requestId,
  contactId: contact.id,
  channel: request.content.channel,
  status: 'QUEUED',
  createdAt: now,
  statusAt: now,
  task: {
    to: address,
    content: name,
    params,
    reach: request.reach,
    isPersonal: request.isPersonal,
    ...(request.fromName !== undefined && { fromName: request.fromName }),
  },
});
