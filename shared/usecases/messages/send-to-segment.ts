import { type QueuedMessage, queuedMessage } from '#domain/messages/message.ts';
import type { MessageStore } from '#domain/messages/ports.ts';
import type { SegmentMembers } from '#domain/segments/ports.ts';
import type {
  SegmentSending,
  SegmentSendingJob,
  SegmentSendingQueue,
  SegmentSendings,
} from '#domain/segments/segment-sending.ts';
import { derivedId } from '#identity/derived-id.ts';
import { type ReachRecipientsPorts, reachRecipients } from './reach-recipients.ts';
import { type SendMessagePorts, sendMessage } from './send-message.ts';
import { addresseesOf } from './send-messages.ts';

export interface SendToSegmentPorts extends ReachRecipientsPorts, SendMessagePorts {
  readonly messages: SendMessagePorts['messages'] & Pick<MessageStore, 'create'>;
  readonly contacts: ReachRecipientsPorts['contacts'];
  readonly suppressions: SendMessagePorts['suppressions'];
  readonly segmentMembers: Pick<SegmentMembers, 'walk'>;
  readonly segmentSendings: Pick<SegmentSendings, 'find'>;
  readonly segmentSendingQueue: SegmentSendingQueue;
}

/** Messages of one step, which a function sends well within its time at the rate that Amazon SES gives to begin with. */
const membersPerStep = 25;

/**
 * Sends a message to the next members of a segment and leaves the rest to another message of the queue, so that none
 * takes long. Each member has one message, however often a step is repeated. How many were sent and left out.
 * @throws Error if sending to some failed for the moment; the step is to be repeated.
 */
export const sendToSegment = async (
  ports: SendToSegmentPorts,
  { requestId, cursor }: SegmentSendingJob,
): Promise<{ sent: number; leftOut: number }> => {
  const sending = await ports.segmentSendings.find(requestId);
  if (!sending) return { sent: 0, leftOut: 0 };
  const page = await ports.segmentMembers.walk(sending.segment, {
    limit: membersPerStep,
    ...(cursor !== undefined && { cursor }),
  });
  const messages = await messagesTo(ports, sending, page.items);
  await ports.messages.create(messages, false);
  await sendEach(ports, messages);
  if (page.cursor !== undefined) await ports.segmentSendingQueue.send([{ requestId, cursor: page.cursor }]);
  else await ports.messages.note(requestId, { status: 'SENT', statusAt: ports.now() });
  return { sent: messages.length, leftOut: page.items.length - messages.length };
};

/** One after the other, as a segment can wait and Amazon SES takes so many a second; one that fails stops no other. */
const sendEach = async (ports: SendToSegmentPorts, messages: readonly QueuedMessage[]): Promise<void> => {
  const errors: unknown[] = [];
  for (const { requestId } of messages) {
    await sendMessage(ports, requestId).catch((error: unknown) => errors.push(error));
  }
  if (errors.length > 0) throw errors[0];
};

/** A message to each of the contacts that it reaches; those who share an address get one there. */
const messagesTo = async (
  ports: SendToSegmentPorts,
  { requestId, channel, content, reach, params, isPersonal, fromName }: SegmentSending,
  contactIds: readonly number[],
): Promise<QueuedMessage[]> => {
  const members = contactIds.map((contactId) => ({ locator: String(contactId), to: { contactId }, params }));
  const reached = await reachRecipients(ports, { channel, reach }, members);
  const own = reached.map((one) => ({ ...one, requestId: derivedId(`${requestId} ${one.address}`) }));
  const rule = { channel, content, reach, isPersonal, ...(fromName !== undefined && { fromName }) };
  const now = ports.now();
  return addresseesOf(own).map((addressee) => queuedMessage(addressee, rule, now));
};
