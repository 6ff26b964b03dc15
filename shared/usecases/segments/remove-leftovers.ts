import type { Ambient } from '#domain/ambient.ts';
import type { ContactStore } from '#domain/contacts/ports.ts';
import type { EventBus } from '#domain/events/ports.ts';
import type { LeftoverQueue, SegmentMembers, SegmentStore } from '#domain/segments/ports.ts';
import type { SegmentLeftovers } from '#domain/segments/segment.ts';
import { segmentEvent } from '#domain/segments/segment-event.ts';
import { settlingSeconds } from '../erasure/settling.ts';

export interface RemoveLeftoversPorts extends Pick<Ambient, 'now'> {
  readonly segments: Pick<SegmentStore, 'findByIds'>;
  readonly segmentMembers: Pick<SegmentMembers, 'walk'>;
  readonly contacts: Pick<ContactStore, 'changeMemberships'>;
  readonly leftoverQueue: LeftoverQueue;
  readonly eventBus: EventBus;
  readonly publishesSegmentChanges: boolean;
}

/** Members that are removed between two looks at the clock. */
const membersAtOnce = 1_000;
/** After so long the rest is left to another message; a function lives 900 s at most (an AWS limit). */
const budgetMilliseconds = 600_000;

/**
 * Removes the memberships of an epoch that is over, in order, and hands on what it has no time for. A writer that read
 * the segment before may still add some, so the epoch is walked through once more later. Repeating it is harmless.
 */
export const removeLeftovers = async (ports: RemoveLeftoversPorts, leftovers: SegmentLeftovers): Promise<void> => {
  const { segmentId, epoch, segmentName, isLast } = leftovers;
  const [segment] = await ports.segments.findByIds([segmentId]);
  if (segment && segment.epoch <= epoch) return;

  const deadline = Date.parse(ports.now()) + budgetMilliseconds;
  let { cursor } = leftovers;
  do {
    const page = { limit: membersAtOnce, ...(cursor !== undefined && { cursor }) };
    const members = await ports.segmentMembers.walk({ segmentId, epoch }, page);
    await removeMembers(ports, leftovers, members.items);
    cursor = members.cursor;
  } while (cursor !== undefined && Date.parse(ports.now()) < deadline);

  const rest = { segmentId, epoch, segmentName };
  if (cursor !== undefined) await ports.leftoverQueue.send([{ ...rest, cursor, ...(isLast && { isLast }) }]);
  else if (!isLast) await ports.leftoverQueue.send([{ ...rest, isLast: true }], settlingSeconds);
};

/** Events come first: a repeat finds no member to publish about. */
const removeMembers = async (
  { contacts, eventBus, publishesSegmentChanges, now }: RemoveLeftoversPorts,
  { segmentId, epoch, segmentName }: SegmentLeftovers,
  contactIds: readonly number[],
): Promise<void> => {
  if (contactIds.length === 0) return;
  if (publishesSegmentChanges) {
    const segment = { id: segmentId, name: segmentName, epoch };
    const fact = { segment, token: 'emptied', occurredAt: now() };
    await eventBus.publish(
      contactIds.map((contactId) => segmentEvent('contactRemovedFromSegment', { ...fact, contactId })),
    );
  }
  await contacts.changeMemberships({
    add: [],
    remove: contactIds.map((contactId) => ({ contactId, segmentId, epoch })),
  });
};
