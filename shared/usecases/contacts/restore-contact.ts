import type { Ambient } from '#domain/ambient.ts';
import type { ContactStore } from '#domain/contacts/ports.ts';
import { shownMemberships } from '#domain/segments/leaving.ts';
import { retryOnConflict } from '../retry-on-conflict.ts';
import { showMemberships } from '../segments/change-memberships.ts';
import { readNamedContact, unknownContact } from './named-contact.ts';

export interface RestorePorts extends Ambient {
  readonly contacts: Pick<
    ContactStore,
    'readClaims' | 'readContacts' | 'replaceContacts' | 'readMemberships' | 'changeMemberships'
  >;
}

/**
 * Takes the deletion of a contact back; one that is not deleted stays as it is.
 * @throws RollcallError NOT_FOUND where there is no such contact, or it was erased.
 */
export const restoreContact = async (ports: RestorePorts, id: number): Promise<void> => {
  const { contacts } = ports;
  const token = ports.newId();
  await retryOnConflict(ports, async () => {
    const contact = await readNamedContact(contacts, { id });
    if (!contact) throw unknownContact({ id });
    if (contact.state === 'active') return true;
    const { version } = contact;
    const restored = { state: 'active', version: version + 1, updatedAt: ports.now(), updatedBy: token } as const;
    const [isWritten] = await contacts.replaceContacts([
      { contact: { ...contact, ...restored }, expectedVersion: version, changesState: true },
    ]);
    return isWritten || undefined;
  });
  // Also if the contact was restored before: a function that died in between left its memberships hidden.
  await showMemberships(contacts, shownMemberships(await contacts.readMemberships([id])));
};
