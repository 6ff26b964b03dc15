import { RollcallError } from '#domain/error.ts';
import type { MaskMember } from '#domain/imports/import-session.ts';
import type { Problem } from '#domain/problem.ts';
import { type SaveContactPorts, type SingleContact, saveContact } from './save-contact.ts';

/** What a person changes about a contact, who read it in a version. */
export interface Edit {
  readonly version: number;
  readonly contact: SingleContact;
  /** The members that are written; those without a value are cleared. */
  readonly mask: readonly MaskMember[];
  readonly customFieldIds: readonly number[];
}

/**
 * Changes a contact by hand, if it is still in the version that was read; nobody is told, as no workflow is meant to
 * start by it (contract 3.5). Returns what was left out, as it does not suit its field.
 * @throws RollcallError CONTACT_CHANGED where it is in another version, NOT_FOUND for an id without a live contact,
 * EXTERNAL_ID_TAKEN where another contact has the externalCustomerId.
 */
export const editContact = async (ports: SaveContactPorts, id: number, edit: Edit): Promise<readonly Problem[]> => {
  const { contact, version, mask, customFieldIds } = edit;
  const readContacts: SaveContactPorts['contacts']['readContacts'] = async (ids, memberships) => {
    const read = await ports.contacts.readContacts(ids, memberships);
    const current = read.contacts.find((one) => one.id === id);
    if (current && current.version !== version) throw changed(id);
    return read;
  };
  // An adapter is made on its first use: what it can do is inherited, as it cannot be copied before.
  const contacts: SaveContactPorts['contacts'] = Object.assign(Object.create(ports.contacts), { readContacts });
  // Anyone who writes in between makes the write path read again, and what it then reads is another version.
  const { warnings } = await saveContact(
    { ...ports, contacts },
    { ...contact, draft: { ...contact.draft, id } },
    { dedupeOn: 'path', source: 'API', confirmed: true, restoreDeleted: false, mask, customFieldIds },
  );
  return warnings;
};

const changed = (id: number) =>
  new RollcallError('CONTACT_CHANGED', `Contact with id='${id}' was changed meanwhile: read it again`);
