import type { ContactStore, EventLog, SegmentStore } from '#domain/ports.ts';
import { staticOnly } from '#domain/segment.ts';
import type { PromisedSubscription } from '#domain/subscription-event.ts';
import { type FilingPorts, fileContacts } from './file-contacts.ts';

export interface TellPorts extends FilingPorts {
  readonly contacts: Pick<ContactStore, 'readContacts' | 'changeMemberships'>;
  readonly eventLog: Pick<EventLog, 'has'>;
  readonly segments: Pick<SegmentStore, 'findByIds'>;
}

/**
 * Keeps the promise of a subscription whose function may have died half way: if the contact was born by it and the event
 * is not in the log, the contact joins its segments and the same event is published. A repeat is harmless; only whoever
 * took the contact out of such a segment before the check finds it there again.
 */
export const tellSubscription = async (
  ports: TellPorts,
  { contactId, token, segmentIds, event }: PromisedSubscription,
): Promise<void> => {
  const [{ contacts }, isTold] = await Promise.all([
    ports.contacts.readContacts([contactId], []),
    ports.eventLog.has(event),
  ]);
  const isItsBirth = contacts.some(({ createdBy, state }) => createdBy === token && state !== 'erased');
  if (isTold || !isItsBirth) return;
  const joined = segmentIds.length > 0 ? staticOnly(await ports.segments.findByIds(segmentIds)) : [];
  const add = joined.map((segment) => ({ contactId, segment }));
  await Promise.all([fileContacts(ports, { add, remove: [] }, token), ports.eventBus.publish([event])]);
};
