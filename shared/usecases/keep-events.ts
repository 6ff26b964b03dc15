import type { ContactEvent } from '#domain/event.ts';
import type { ContactStore, EventLog } from '#domain/ports.ts';

export interface KeepEventsPorts {
  readonly contacts: Pick<ContactStore, 'readContacts'>;
  readonly eventLog: Pick<EventLog, 'append' | 'forget'>;
}

/**
 * Keeps events in the log, but none about a contact that was erased while they were under way. Who is erased is looked
 * up after they were kept: an erasure that comes later finds them itself.
 */
export const keepEvents = async (
  { contacts, eventLog }: KeepEventsPorts,
  events: readonly ContactEvent[],
): Promise<void> => {
  await eventLog.append(events);
  const ids = [...new Set(events.map(({ contactId }) => contactId))];
  const known = await contacts.readContacts(ids, []);
  const erased = known.contacts.filter(({ state }) => state === 'erased');
  await Promise.all(erased.map(({ id }) => eventLog.forget(id)));
};
