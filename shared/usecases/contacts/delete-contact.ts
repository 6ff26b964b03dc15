import type { Ambient } from '#domain/ambient.ts';
import type { ContactStore } from '#domain/contacts/ports.ts';
import type { ErasureQueue } from '#domain/erasure/ports.ts';
import { settlingSeconds } from '../erasure/settling.ts';
import { retryOnConflict } from '../retry-on-conflict.ts';
import { hideMemberships } from '../segments/hide-memberships.ts';
import { type ContactName, readNamedContact, unknownContact } from './named-contact.ts';

export interface DeletePorts extends Ambient {
  readonly contacts: Pick<
    ContactStore,
    'readClaims' | 'readContacts' | 'replaceContacts' | 'readMemberships' | 'changeMemberships'
  >;
  readonly erasureQueue: ErasureQueue;
}

/**
 * Deletes a contact so that it can be restored: it keeps its data, its identities and its segments, and is shown to no
 * caller (contract 4.7). A writer that read it before may still put it into a segment, so its memberships are hidden once
 * more when that writer has ended. Returns its id.
 * @throws RollcallError NOT_FOUND if there is no such contact, or it is deleted already.
 */
export const deleteContact = async (ports: DeletePorts, name: ContactName): Promise<number> => {
  const token = ports.newId();
  const id = await retryOnConflict(ports, async () => {
    const contact = await readNamedContact(ports.contacts, name);
    // The function that deleted it may have died before hiding its memberships.
    if (contact?.state === 'deleted') await hideMemberships(ports.contacts, contact.id);
    if (contact?.state !== 'active') throw unknownContact(name);
    await ports.erasureQueue.send([{ erasures: [], deletedIds: [contact.id] }], settlingSeconds);
    const { version } = contact;
    const deleted = { state: 'deleted', version: version + 1, updatedAt: ports.now(), updatedBy: token } as const;
    const [isWritten] = await ports.contacts.replaceContacts([
      { contact: { ...contact, ...deleted }, expectedVersion: version, changesState: true },
    ]);
    return isWritten ? contact.id : undefined;
  });
  await hideMemberships(ports.contacts, id);
  return id;
};
