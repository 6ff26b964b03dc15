import type { MessageQueue, MessageStore } from '#domain/messages/ports.ts';
import type { SegmentSendingQueue } from '#domain/segments/segment-sending.ts';
import type { Looked } from './looked.ts';

export interface ResumeMessagesPorts {
  readonly messages: Pick<MessageStore, 'find'>;
  readonly messageQueue: MessageQueue;
  readonly segmentSendingQueue: SegmentSendingQueue;
}

/** Queues those of the messages that are still `QUEUED`; one that is in the queue already is sent once all the same. */
export const resumeMessages = async (
  { messages, messageQueue }: ResumeMessagesPorts,
  requestIds: readonly string[],
): Promise<Looked> => {
  const queued = (await messages.find(requestIds)).filter(({ status }) => status === 'QUEUED');
  if (queued.length === 0) return { outcome: 'over' };
  await messageQueue.send(queued.map(({ requestId }) => ({ requestId })));
  return { outcome: 'resumed' };
};

/** Begins a message to a segment again, unless it was sent: members that have it already get no second one. */
export const resumeSending = async (
  { messages, segmentSendingQueue }: ResumeMessagesPorts,
  requestId: string,
): Promise<Looked> => {
  const [sending] = await messages.find([requestId]);
  if (sending?.status !== 'QUEUED') return { outcome: 'over' };
  await segmentSendingQueue.send([{ requestId }]);
  return { outcome: 'resumed' };
};
