import type { Contact } from '#domain/contacts/contact.ts';
import type { ContactStore } from '#domain/contacts/ports.ts';
import { RollcallError } from '#domain/error.ts';

/** What a caller calls a contact by: our id of it, or the caller's own. */
export type ContactName = { readonly id: number } | { readonly externalCustomerId: string };

/** The contact of a name as it is now, a deleted one too; `undefined` if there is none or it was erased. */
export const readNamedContact = async (
  contacts: Pick<ContactStore, 'readClaims' | 'readContacts'>,
  name: ContactName,
): Promise<Contact | undefined> => {
  if ('id' in name) return (await contacts.readContacts([name.id], [])).contacts.find(isThere);
  const [claim] = await contacts.readClaims([{ type: 'EXT', value: name.externalCustomerId }]);
  if (!claim || claim.contactIds.length === 0) return undefined;
  const { contacts: owners } = await contacts.readContacts(claim.contactIds, []);
  return owners.find((owner) => isThere(owner) && owner.externalCustomerId === name.externalCustomerId);
};

/** The error of a name that no contact has. */
export const unknownContact = (name: ContactName): RollcallError => {
  const [[member, value] = []] = Object.entries(name);
  return new RollcallError('NOT_FOUND', `Contact with ${member}='${value}' not found`);
};

const isThere = ({ state }: Contact): boolean => state !== 'erased';
