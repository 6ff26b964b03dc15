import { type ContentName, type QueuedMessage, queuedMessage } from '#domain/message.ts';
import type { MessageChannels, MessageStore } from '#domain/message-ports.ts';
import type { Ambient, SegmentMembers, SegmentStore } from '#domain/ports.ts';
import { epochOf } from '#domain/segment.ts';
import type {
  SegmentSending,
  SegmentSendingQueue,
  SegmentSendings,
  SegmentSendingWork,
} from '#domain/segment-sending.ts';
import { type ReachRecipientsPorts, reachRecipients } from './reach-recipients.ts';
import { type SendMessagePorts, sendMessage } from './send-message.ts';
import { type AcceptedMessage, addresseesOf, type MessageRequest } from './send-messages.ts';
import { readSegment } from './static-segment.ts';

export interface AcceptSegmentPorts extends Pick<Ambient, 'now' | 'newId'> {
  readonly segments: Pick<SegmentStore, 'findByIds'>;
  readonly messages: Pick<MessageStore, 'putContent'>;
  readonly segmentSendings: Pick<SegmentSendings, 'create'>;
  readonly segmentSendingQueue: SegmentSendingQueue;
  readonly messageChannels: MessageChannels;
}

/** A message to everybody in a segment. */
export interface SegmentRequest extends Omit<MessageRequest, 'recipients'> {
  readonly segmentId: number;
  readonly params: SegmentSending['params'];
}

/**
 * Accepts one message to everybody in a segment, which is sent in the background to those who are in it then. Its one
 * result stands for all of them.
 * @throws RollcallError NOT_FOUND where there is no such segment.
 */
export const acceptForSegment = async (
  ports: AcceptSegmentPorts,
  { content, template, segmentId, ...request }: SegmentRequest,
): Promise<AcceptedMessage> => {
  const segment = await readSegment(ports.segments, segmentId);
  const requestId = ports.newId();
  const result = { locator: String(segmentId), requestId };
  const missing = ports.messageChannels.missing(content.channel);
  if (missing !== undefined) return { ...result, error: missing };
  const name: ContentName = template ?? { contentId: ports.newId() };
  if ('contentId' in name) await ports.messages.putContent(name.contentId, content);
  await ports.segmentSendings.create({
    ...request,
    requestId,
    channel: content.channel,
    content: name,
    segment: epochOf(segment),
    createdAt: ports.now(),
  });
  await ports.segmentSendingQueue.send({ requestId });
  return result;
};

export interface SendToSegmentPorts extends ReachRecipientsPorts, SendMessagePorts {
  readonly messages: SendMessagePorts['messages'] & Pick<MessageStore, 'create'>;
  readonly contacts: ReachRecipientsPorts['contacts'];
  readonly segmentMembers: Pick<SegmentMembers, 'walk'>;
  readonly segmentSendings: Pick<SegmentSendings, 'find'>;
  readonly segmentSendingQueue: SegmentSendingQueue;
  /** The same UUID for the same text. */
  readonly derivedId: (text: string) => string;
}

/** Messages of one step, which a function sends well within its time at the rate that Amazon SES gives to begin with. */
const membersPerStep = 25;

/**
 * Sends a message to the next members of a segment and leaves the rest to another message of the queue, so that none
 * takes long. Each member has one message, however often a step is repeated. How many were sent and left out.
 * @throws Error where sending to some failed for the moment; the step is to be repeated.
 */
export const sendToSegment = async (
  ports: SendToSegmentPorts,
  { requestId, cursor }: SegmentSendingWork,
): Promise<{ sent: number; leftOut: number }> => {
  const sending = await ports.segmentSendings.find(requestId);
  if (!sending) return { sent: 0, leftOut: 0 };
  const page = await ports.segmentMembers.walk(sending.segment, {
    limit: membersPerStep,
    ...(cursor !== undefined && { cursor }),
  });
  const messages = await messagesTo(ports, sending, page.items);
  await ports.messages.create(messages, false);
  const outcomes = await Promise.allSettled(messages.map((message) => sendMessage(ports, message.requestId)));
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  if (page.cursor !== undefined) await ports.segmentSendingQueue.send({ requestId, cursor: page.cursor });
  else await ports.messages.note(requestId, { status: 'SENT', statusAt: ports.now() });
  return { sent: messages.length, leftOut: page.items.length - messages.length };
};

/** A message to each of the contacts that it reaches; those who share an address get one there. */
const messagesTo = async (
  ports: SendToSegmentPorts,
  { requestId, channel, content, reach, params, isPersonal, fromName }: SegmentSending,
  contactIds: readonly number[],
): Promise<QueuedMessage[]> => {
  const members = contactIds.map((contactId) => ({ locator: String(contactId), to: { contactId }, params }));
  const reached = await reachRecipients(ports, { channel, reach }, members);
  const own = reached.map((one) => ({ ...one, requestId: ports.derivedId(`${requestId} ${one.address}`) }));
  const rule = { channel, content, reach, isPersonal, ...(fromName !== undefined && { fromName }) };
  const now = ports.now();
  return addresseesOf(own).map((addressee) => queuedMessage(addressee, rule, now));
};
