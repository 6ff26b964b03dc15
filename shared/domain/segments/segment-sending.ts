import type { ContentName, MessageChannel, MessageParams, Reach } from '../messages/message.ts';
import type { Queue } from '../queue.ts';
import type { SegmentEpoch } from './segment.ts';

/** One message to all contacts of a segment. Times are ISO 8601 in UTC. */
export interface SegmentSending {
  /** A UUID; its status is asked for like that of a message. */
  readonly requestId: string;
  readonly channel: MessageChannel;
  readonly content: ContentName;
  readonly segment: SegmentEpoch;
  readonly reach: Reach;
  readonly params: MessageParams;
  readonly isPersonal: boolean;
  readonly fromName?: string;
  readonly createdAt: string;
}

/** A sending from a place in its segment on. */
export interface SegmentSendingJob {
  readonly requestId: string;
  /** Absent: from the beginning. */
  readonly cursor?: string;
}

/** Messages to segments, for as long as messages are kept; their status is read and noted with the messages'. */
export interface SegmentSendings {
  create(sending: SegmentSending): Promise<void>;
  find(requestId: string): Promise<SegmentSending | undefined>;
}

/** Sendings to segments that are to continue. */
export type SegmentSendingQueue = Queue<SegmentSendingJob>;
