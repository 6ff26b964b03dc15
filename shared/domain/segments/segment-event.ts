import type { ContactEvent } from '../events/event.ts';
import type { Segment } from './segment.ts';

/** What happened to a contact in a segment. */
export type SegmentEventType = 'contactAddedToSegment' | 'contactRemovedFromSegment';

/** Which contact, which segment, and when. */
export interface SegmentFact {
  readonly contactId: number;
  readonly segment: Pick<Segment, 'id' | 'name' | 'epoch'>;
  /** Tells one request from another about the same contact: a repeat of the same one makes the same event. */
  readonly token: string;
  /** ISO 8601 in UTC. */
  readonly occurredAt: string;
}

/** The event of a contact that joins or leaves a segment. */
export const segmentEvent = (
  eventTypeKey: SegmentEventType,
  { contactId, segment: { id, name, epoch }, token, occurredAt }: SegmentFact,
): ContactEvent => ({
  eventId: `${eventTypeKey}:${contactId}:${id}.${epoch}:${token}`,
  eventTypeKey,
  keyValue: String(contactId),
  contactId,
  params: { contactId, segmentId: id, segmentName: name },
  occurredAt,
});
