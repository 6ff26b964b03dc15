import type { ContactStore } from '#domain/contacts/ports.ts';
import type { EventLog } from '#domain/events/ports.ts';
import type { SegmentStore } from '#domain/segments/ports.ts';
import { staticOnly } from '#domain/segments/segment.ts';
import type { PromisedSubscription } from '#domain/subscriptions/subscription-event.ts';
import { changeMemberships, type MembershipPorts } from '../segments/change-memberships.ts';

export interface PublishPorts extends MembershipPorts {
  readonly contacts: Pick<ContactStore, 'readContacts' | 'changeMemberships'>;
  readonly eventLog: Pick<EventLog, 'has'>;
  readonly segments: Pick<SegmentStore, 'findByIds'>;
}

/**
 * Keeps the promise of a subscription whose function may have crashed half way: if it created the contact and the event
 * is not in the log, the contact joins its segments and the same event is published. A repeat is harmless, except that
 * a contact that left such a segment before the check is in it again.
 */
export const publishSubscription = async (
  ports: PublishPorts,
  { contactId, token, segmentIds, event }: PromisedSubscription,
): Promise<void> => {
  const [{ contacts }, isPublished] = await Promise.all([
    ports.contacts.readContacts([contactId], []),
    ports.eventLog.has(event),
  ]);
  const isItsCreation = contacts.some(({ createdBy, state }) => createdBy === token && state !== 'erased');
  if (isPublished || !isItsCreation) return;
  const joined = segmentIds.length > 0 ? staticOnly(await ports.segments.findByIds(segmentIds)) : [];
  const add = joined.map((segment) => ({ contactId, segment }));
  await Promise.all([changeMemberships(ports, { add, remove: [] }, token), ports.eventBus.publish([event])]);
};
