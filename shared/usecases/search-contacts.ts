import type { Contact } from '#domain/contact.ts';
import type { ContactRows, ContactSearch } from '#domain/contact-search.ts';
import type { FoundContact } from '#domain/directory-entry.ts';
import { hasIdentity } from '#domain/identity.ts';
import type { ContactDirectory, ContactStore } from '#domain/ports.ts';

export interface SearchPorts {
  readonly contacts: Pick<ContactStore, 'readClaims' | 'readContacts'>;
  readonly contactDirectory: ContactDirectory;
}

/**
 * Contacts that are neither deleted nor erased (contract 4.8): by identities at once and as they are now, otherwise by a
 * walk through the directory, of whose contacts only those of the page are read. `total` counts all that were found.
 */
export const searchContacts = async (
  ports: SearchPorts,
  search: ContactSearch,
): Promise<{ contacts: Contact[]; total: number }> =>
  search.identities.length > 0 ? searchByIdentities(ports, search) : searchDirectory(ports, search);

const searchByIdentities = async ({ contacts }: SearchPorts, search: ContactSearch) => {
  const claims = await contacts.readClaims(search.identities);
  const [first = [], ...others] = claims.map(({ contactIds }) => contactIds);
  const ids = first.filter((id) => others.every((owners) => owners.includes(id)));
  const owners = ids.length > 0 ? (await contacts.readContacts(ids, [])).contacts : [];
  const found = owners.filter(
    (owner) => isWanted(owner, search) && search.identities.every((one) => hasIdentity(owner, one, new Set())),
  );
  return { contacts: pageOf(found, search), total: found.length };
};

const searchDirectory = async ({ contacts, contactDirectory }: SearchPorts, search: ContactSearch) => {
  const found = await contactDirectory.collect((entry) => isWanted(entry, search));
  const ids = pageOf(found, search).map(({ id }) => id);
  const read = ids.length > 0 ? (await contacts.readContacts(ids, [])).contacts : [];
  const byId = new Map(read.filter((contact) => isWanted(contact, search)).map((contact) => [contact.id, contact]));
  return { contacts: ids.flatMap((id) => byId.get(id) ?? []), total: found.length };
};

type Named = Pick<Contact, 'state' | 'firstName' | 'lastName'>;

const isWanted = ({ state, firstName, lastName }: Named, search: ContactSearch): boolean =>
  state === 'active' && begins(firstName, search.firstName) && begins(lastName, search.lastName);

const begins = (name: string | undefined, prefix: string | undefined): boolean =>
  prefix === undefined || name?.toLowerCase().startsWith(prefix) === true;

/** The part of a list that is asked for, in the order that is asked for. */
export const pageOf = <Found extends FoundContact>(found: readonly Found[], rows: ContactRows): Found[] => {
  const direction = rows.isAscending ? 1 : -1;
  const sorted = found.toSorted((one, other) => direction * compare(one, other, rows.isByTime));
  return sorted.slice(rows.skip, rows.skip + rows.take);
};

const compare = (one: FoundContact, other: FoundContact, isByTime: boolean): number => {
  if (!isByTime || one.updatedAt === other.updatedAt) return one.id - other.id;
  return one.updatedAt < other.updatedAt ? -1 : 1;
};
