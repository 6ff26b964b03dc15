import type { Ambient } from '#domain/ambient.ts';
import type { Contact } from '#domain/contacts/contact.ts';
import type { ContactStore } from '#domain/contacts/ports.ts';
import { RollcallError } from '#domain/error.ts';

export interface SetConfirmedPorts extends Pick<Ambient, 'now' | 'newId' | 'pause'> {
  readonly contacts: Pick<ContactStore, 'replaceContacts'>;
}

/** How often a contact that others keep writing is tried again before its caller is asked to. */
const maxRounds = 20;

/**
 * Sets the flag on a contact as `read` finds it now, and returns its address; `undefined` if it finds none.
 * @throws RollcallError THROTTLED if other writers kept winning.
 */
export const setConfirmed = async (
  ports: SetConfirmedPorts,
  read: () => Promise<Contact | undefined>,
): Promise<string | undefined> => {
  for (let round = 0; round < maxRounds; round++) {
    if (round > 0) await ports.pause(Math.min(10 * 2 ** round, 500));
    const contact = await read();
    if (!contact || contact.confirmed) return contact?.email;
    const changed = {
      ...contact,
      confirmed: true,
      updatedAt: ports.now(),
      updatedBy: ports.newId(),
      version: contact.version + 1,
    };
    const [isWritten] = await ports.contacts.replaceContacts([{ contact: changed, expectedVersion: contact.version }]);
    if (isWritten) return contact.email;
  }
  throw new RollcallError('THROTTLED', 'Other writers were faster; please try again');
};
