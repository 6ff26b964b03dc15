import type { Ambient } from '#domain/ambient.ts';
import type { Contact } from '#domain/contacts/contact.ts';
import { isSameContent, mergeContent } from '#domain/contacts/merge.ts';
import type { ContactStore } from '#domain/contacts/ports.ts';
import { RollcallError } from '#domain/error.ts';
import { draftOf, type Proposal } from '#domain/subscriptions/proposal.ts';

export interface SetConfirmedPorts extends Pick<Ambient, 'now' | 'newId' | 'pause'> {
  readonly contacts: Pick<ContactStore, 'replaceContacts'>;
}

/** How often a contact that others keep writing is tried again before its caller is asked to. */
const maxRounds = 20;

/**
 * Sets the flag on a contact as `read` finds it now, saves what was proposed about it, and returns the contact as it was
 * before; `undefined` if it finds none. No proposal holds an identity, so that the contact alone is written.
 * @throws RollcallError THROTTLED if other writers kept winning.
 */
export const setConfirmed = async (
  ports: SetConfirmedPorts,
  read: () => Promise<Contact | undefined>,
  proposal?: Proposal,
): Promise<Contact | undefined> => {
  for (let round = 0; round < maxRounds; round++) {
    if (round > 0) await ports.pause(Math.min(10 * 2 ** round, 500));
    const contact = await read();
    if (!contact) return undefined;
    const content = {
      ...mergeContent(contact, draftOf(proposal?.members ?? {}), { confirmed: true }),
      confirmed: true,
      confirmedAt: contact.confirmedAt ?? ports.now(),
    };
    if (contact.state === 'active' && isSameContent(contact, content)) return contact;
    const { id, source, createdAt, createdBy, version } = contact;
    const changed: Contact = {
      ...{ id, source, createdAt, createdBy, ...content },
      ...{ state: 'active', updatedAt: ports.now(), updatedBy: ports.newId(), version: version + 1 },
    };
    const [isWritten] = await ports.contacts.replaceContacts([
      { contact: changed, expectedVersion: version, ...(contact.state !== 'active' && { changesState: true }) },
    ]);
    if (isWritten) return contact;
  }
  throw new RollcallError('THROTTLED', 'Other writers were faster; please try again');
};
