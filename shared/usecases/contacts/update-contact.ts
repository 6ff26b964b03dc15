import { changeMemberships } from '../segments/change-memberships.ts';
import type { AddContactPorts, AddedContact } from './add-contact.ts';
import { publishFieldChanges } from './publish-field-changes.ts';
import { type SingleContact, saveContact } from './save-contact.ts';

/**
 * Updates the contact of an id and never creates one (contract 4.5).
 * @throws RollcallError NOT_FOUND for an id without a live contact, EXTERNAL_ID_TAKEN if another contact has the
 * externalCustomerId.
 */
export const updateContact = async (
  ports: AddContactPorts,
  id: number,
  contact: SingleContact,
): Promise<AddedContact> => {
  const saved = await saveContact(
    ports,
    { ...contact, draft: { ...contact.draft, id } },
    { dedupeOn: 'path', source: 'API', confirmed: true, restoreDeleted: false },
  );
  await Promise.all([
    changeMemberships(ports, saved.membershipChanges, saved.token),
    publishFieldChanges(ports, [saved]),
  ]);
  return { id: saved.contact.id, warnings: saved.warnings };
};
