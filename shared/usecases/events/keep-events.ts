import type { Identity } from '#domain/contacts/identity.ts';
import type { ContactStore } from '#domain/contacts/ports.ts';
import type { Fingerprint } from '#domain/erasure/erasure.ts';
import type { ContactEvent, LoggedEvent } from '#domain/events/event.ts';
import type { EventLog } from '#domain/events/ports.ts';

export interface KeepEventsPorts {
  readonly contacts: Pick<ContactStore, 'readContacts'>;
  readonly eventLog: Pick<EventLog, 'append' | 'forget'>;
  readonly fingerprint: Fingerprint;
  /** The identities that an event names by its parameters and its key. */
  readonly namedBy: (event: ContactEvent) => readonly Identity[];
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

const withFingerprints = ({ namedBy, fingerprint }: KeepEventsPorts, event: LoggedEvent): LoggedEvent => {
  const fingerprints = event.contactId === undefined ? namedBy(event).map(fingerprint) : [];
  return fingerprints.length > 0 ? { ...event, fingerprints: [...new Set(fingerprints)] } : event;
};
