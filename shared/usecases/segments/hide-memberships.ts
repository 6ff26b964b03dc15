import type { ContactStore } from '#domain/contacts/ports.ts';
import { hiddenMemberships } from '#domain/segments/leaving.ts';

/** Hides the memberships of a contact that is deleted: it is in no list of a segment. */
export const hideMemberships = async (
  contacts: Pick<ContactStore, 'readMemberships' | 'changeMemberships'>,
  contactId: number,
): Promise<void> => {
  const hidden = hiddenMemberships(await contacts.readMemberships([contactId]));
  if (hidden.length > 0) await contacts.changeMemberships({ add: hidden, remove: [] });
};
