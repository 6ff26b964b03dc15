import type { ContactStore } from '#domain/contacts/ports.ts';
import type { LoggedEvent } from '#domain/events/event.ts';
import type { EventLog } from '#domain/events/ports.ts';
import { identitiesInEvent } from '#identity/event-identifiers.ts';
import { fingerprint } from '#identity/fingerprint.ts';
import type { JunkRule } from '#identity/junk.ts';

export interface KeepEventsPorts {
  readonly contacts: Pick<ContactStore, 'readContacts'>;
  readonly eventLog: Pick<EventLog, 'append' | 'forget'>;
  /** ISO 3166-1 alpha-2; national phone numbers are read in it. */
  readonly defaultCountry: string;
  /** What stands for no identity in this stage. */
  readonly junk?: JunkRule;
}

/**
 * Keeps events in the log, except those about a contact that was erased while they were under way. Erased contacts are
 * looked up after the events were kept: a later erasure finds the events itself. An unknown contact is fingerprinted,
 * so that erasing that person finds the events, too.
 */
export const keepEvents = async (ports: KeepEventsPorts, events: readonly LoggedEvent[]): Promise<void> => {
  const { contacts, eventLog } = ports;
  await eventLog.append(events.map((event) => withFingerprints(ports, event)));
  const ids = new Set(events.flatMap(({ contactId }) => contactId ?? []));
  if (ids.size === 0) return;
  const known = await contacts.readContacts([...ids], []);
  const erased = known.contacts.filter(({ state }) => state === 'erased');
  await Promise.all(erased.map(({ id }) => eventLog.forget(id)));
};

const withFingerprints = (rule: KeepEventsPorts, event: LoggedEvent): LoggedEvent => {
  const fingerprints = event.contactId === undefined ? identitiesInEvent(event, rule).map(fingerprint) : [];
  return fingerprints.length > 0 ? { ...event, fingerprints: [...new Set(fingerprints)] } : event;
};
