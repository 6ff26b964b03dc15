import type { ContactStore, EventBus, EventLog } from '#domain/ports.ts';
import type { PromisedSubscription } from '#domain/subscription-event.ts';

export interface TellPorts {
  readonly contacts: Pick<ContactStore, 'readContacts' | 'changeMemberships'>;
  readonly eventLog: Pick<EventLog, 'has'>;
  readonly eventBus: EventBus;
}

/**
 * Keeps the promise of a subscription whose function may have died half way: if the contact was born by it and the event
 * is not in the log, the contact joins its segments and the same event is published. A repeat is harmless.
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
  const add = segmentIds.map((segmentId) => ({ contactId, segmentId }));
  await Promise.all([ports.contacts.changeMemberships({ add, remove: [] }), ports.eventBus.publish([event])]);
};
