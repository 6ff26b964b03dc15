import type { ContentName } from '#domain/messages/message.ts';
import type { SegmentStore } from '#domain/segments/ports.ts';
import { epochOf } from '#domain/segments/segment.ts';
import type { SegmentSending, SegmentSendingQueue, SegmentSendings } from '#domain/segments/segment-sending.ts';
import { noteOfWork, requestMinutes } from '#domain/unfinished.ts';
import { readSegment } from '../segments/static-segment.ts';
import type { MessageRecipient } from './reach-recipients.ts';
import { requireSender } from './require-sender.ts';
import { type AcceptedMessage, type MessageRequest, type SendMessagesPorts, sendMessages } from './send-messages.ts';

export interface DispatchPorts extends SendMessagesPorts {
  readonly segments: Pick<SegmentStore, 'findByIds'>;
  readonly segmentSendings: Pick<SegmentSendings, 'create'>;
  readonly segmentSendingQueue: SegmentSendingQueue;
}

/** A message to named recipients, or to all contacts of a segment. */
export interface DispatchRequest extends Omit<MessageRequest, 'recipients'> {
  readonly audience: { readonly recipients: readonly MessageRecipient[] } | { readonly segmentId: number };
  /** The parameters for all contacts of a segment. */
  readonly params: SegmentSending['params'];
}

/**
 * Accepts a message to recipients, in order, or to a segment: then it is sent in the background to the contacts in it,
 * never to those who have unsubscribed, and one result stands for all.
 * @throws RollcallError NOT_FOUND if there is no such segment, NO_SENDER if the stage has nothing to send from.
 */
export const dispatchMessage = async (
  ports: DispatchPorts,
  { audience, params, ...request }: DispatchRequest,
): Promise<AcceptedMessage[]> => {
  requireSender(ports, request.content.channel);
  if ('recipients' in audience) return sendMessages(ports, { ...request, recipients: audience.recipients });
  return [await acceptForSegment(ports, { ...request, params, segmentId: audience.segmentId })];
};

const acceptForSegment = async (
  ports: DispatchPorts,
  {
    content,
    template,
    segmentId,
    reach,
    ...request
  }: Omit<DispatchRequest, 'audience'> & { readonly segmentId: number },
): Promise<AcceptedMessage> => {
  const segment = await readSegment(ports.segments, segmentId);
  const requestId = ports.newId();
  const name: ContentName = template ?? { contentId: ports.newId() };
  if ('contentId' in name) await ports.messages.putContent(name.contentId, content);
  const note = noteOfWork({ kind: 'sending', requestId }, { id: requestId, now: ports.now(), minutes: requestMinutes });
  await ports.unfinished.note(note);
  await ports.segmentSendings.create({
    ...request,
    requestId,
    channel: content.channel,
    content: name,
    segment: epochOf(segment),
    reach: { ...reach, unsubscribed: false },
    createdAt: ports.now(),
  });
  await ports.segmentSendingQueue.send([{ requestId }]);
  await ports.unfinished.forget(note);
  return { locator: String(segmentId), requestId };
};
