import type { Contact } from '#domain/contacts/contact.ts';
import type { ContactRows, ContactSearch } from '#domain/contacts/contact-search.ts';
import type { DirectoryEntry } from '#domain/contacts/directory-entry.ts';
import { hasIdentity } from '#domain/contacts/identity.ts';
import type { ContactDirectory, ContactStore } from '#domain/contacts/ports.ts';
import { type IdsInOrderPorts, idsInOrder } from './ids-in-order.ts';

export interface SearchPorts extends IdsInOrderPorts {
  readonly contacts: Pick<ContactStore, 'readClaims' | 'readContacts'>;
  readonly contactDirectory: ContactDirectory;
}

/** Contacts of a page, and how many there are on all pages. */
export interface FoundContacts {
  readonly contacts: readonly Contact[];
  readonly total: number;
}

/**
 * Contacts that are neither deleted nor erased (contract 4.8): by identities at once and as they are now, otherwise by
 * the directory, and then only those of the page are read. `caller` distinguishes the listings of callers.
 */
export const searchContacts = (ports: SearchPorts, search: ContactSearch, caller: string): Promise<FoundContacts> =>
  search.identities.length > 0 ? searchByIdentities(ports, search) : searchDirectory(ports, search, caller);

const searchByIdentities = async ({ contacts }: SearchPorts, search: ContactSearch): Promise<FoundContacts> => {
  const claims = await contacts.readClaims(search.identities);
  const [first = [], ...others] = claims.map(({ contactIds }) => contactIds);
  const ids = first.filter((id) => others.every((owners) => owners.includes(id)));
  const owners = ids.length > 0 ? (await contacts.readContacts(ids, [])).contacts : [];
  const found = owners.filter(
    (owner) => isWanted(owner, search) && search.identities.every((one) => hasIdentity(owner, one, new Set())),
  );
  return { contacts: pageOf(found, search), total: found.length };
};

const searchDirectory = async (ports: SearchPorts, search: ContactSearch, caller: string): Promise<FoundContacts> => {
  const isWhoever = Object.keys(search.names).length === 0;
  const { ids, total } =
    isWhoever && !search.isByTime
      ? await idsInOrder(ports, listingOf(caller, search), ports.contactDirectory, search)
      : await collectedIds(ports, search);
  const read = ids.length > 0 ? (await ports.contacts.readContacts(ids, [])).contacts : [];
  const byId = new Map(read.filter((contact) => isWanted(contact, search)).map((contact) => [contact.id, contact]));
  return { contacts: ids.flatMap((id) => byId.get(id) ?? []), total };
};

const listingOf = (caller: string, { isAscending }: ContactSearch) =>
  `${caller}.contacts.${isAscending ? 'up' : 'down'}`;

const collectedIds = async ({ contactDirectory }: SearchPorts, search: ContactSearch) => {
  const found = await contactDirectory.collect(search.names);
  return { ids: pageOf(found, search).map(({ id }) => id), total: found.length };
};

const isWanted = ({ state, firstName, lastName }: Contact, { names }: ContactSearch): boolean =>
  state === 'active' && begins(firstName, names.firstName) && begins(lastName, names.lastName);

const begins = (name: string | undefined, prefix: string | undefined): boolean =>
  prefix === undefined || name?.toLowerCase().startsWith(prefix) === true;

/** The part of a list that is asked for, in the order that is asked for. */
export const pageOf = <Found extends DirectoryEntry>(found: readonly Found[], rows: ContactRows): Found[] => {
  const direction = rows.isAscending ? 1 : -1;
  const sorted = found.toSorted((one, other) => direction * compare(one, other, rows.isByTime));
  return sorted.slice(rows.skip, rows.skip + rows.take);
};

const compare = (one: DirectoryEntry, other: DirectoryEntry, isByTime: boolean): number => {
  if (!isByTime || one.updatedAt === other.updatedAt) return one.id - other.id;
  return one.updatedAt < other.updatedAt ? -1 : 1;
};
