import type { Contact } from '#domain/contacts/contact.ts';
import { type Claim, identityKey } from '#domain/contacts/identity.ts';
import type {
  ClaimWrite,
  ContactDirectory,
  ContactLine,
  ContactReader,
  ContactStore,
  ContactWrite,
} from '#domain/contacts/ports.ts';
import { membershipKey } from '#domain/contacts/working-state.ts';
import type { Membership } from '#domain/segments/ports.ts';
import { itemByItem, type Step } from './step.ts';

/** What the contact store holds, open to checkers. */
export interface ContactState {
  lastId: number;
  readonly claims: Map<string, Claim>;
  readonly contacts: Map<number, Contact>;
  readonly memberships: Map<string, Membership>;
}

/** An empty contact store. */
export const emptyContactState = (): ContactState => ({
  lastId: 0,
  claims: new Map(),
  contacts: new Map(),
  memberships: new Map(),
});

/** The contact store in memory: single items are atomic, batches are not, transactions are. */
export const memoryContacts = (state: ContactState, step: Step): ContactStore => {
  const { claims, contacts, memberships } = state;

  const isClaimAsExpected = ({ identity, expectedStamp }: ClaimWrite) =>
    claims.get(identityKey(identity))?.stamp === expectedStamp;
  const isContactAsExpected = ({ contact, expectedVersion }: ContactWrite) =>
    (contacts.get(contact.id)?.version ?? 0) === expectedVersion;

  const setClaim = ({ identity, contactIds, stamp }: ClaimWrite) => {
    if (contactIds.length === 0) claims.delete(identityKey(identity));
    else claims.set(identityKey(identity), { identity, contactIds, stamp });
  };
  const writeClaim = (write: ClaimWrite) => {
    if (!isClaimAsExpected(write)) return false;
    setClaim(write);
    return true;
  };
  const writeContact = (write: ContactWrite) => {
    if (!isContactAsExpected(write)) return false;
    contacts.set(write.contact.id, write.contact);
    return true;
  };

  return {
    leaseIds: async (count) => {
      await step('leaseIds');
      const first = state.lastId + 1;
      state.lastId += count;
      return Array.from({ length: count }, (_, index) => first + index);
    },
    readClaims: (identities) =>
      itemByItem(
        identities,
        (identity) => step(`readClaim ${identityKey(identity)}`),
        (identity) => claims.get(identityKey(identity)) ?? { identity, contactIds: [] },
      ),
    readContacts: async (ids, wanted) => ({
      contacts: (
        await itemByItem(
          [...new Set(ids)],
          (id) => step(`readContact ${id}`),
          (id) => contacts.get(id),
        )
      ).filter((contact) => contact !== undefined),
      memberships: (
        await itemByItem(
          [...new Map(wanted.map((one) => [membershipKey(one), one])).values()],
          (one) => step(`readMembership ${membershipKey(one)}`),
          (one) => memberships.get(membershipKey(one)),
        )
      ).filter((membership) => membership !== undefined),
    }),
    writeClaims: (writes) =>
      itemByItem(writes, ({ identity }) => step(`writeClaim ${identityKey(identity)}`), writeClaim),
    insertContacts: (inserts) =>
      itemByItem(
        inserts,
        ({ id }) => step(`insertContact ${id}`),
        (contact) => writeContact({ contact, expectedVersion: 0 }),
      ),
    replaceContacts: (writes) =>
      itemByItem(writes, ({ contact }) => step(`replaceContact ${contact.id}`), writeContact),
    transact: async (writes) => {
      if (writes.contacts.length + writes.claims.length > 100) throw new Error('More than 100 items in a transaction');
      await step(`transact ${writes.contacts.map(({ contact }) => contact.id).join(' ')}`);
      const holds = writes.contacts.every(isContactAsExpected) && writes.claims.every(isClaimAsExpected);
      if (!holds) return false;
      for (const { contact } of writes.contacts) contacts.set(contact.id, contact);
      writes.claims.forEach(setClaim);
      return true;
    },
    readMemberships: async (contactIds) => {
      await step(`readMemberships ${contactIds.join(' ')}`);
      return [...memberships.values()].filter(({ contactId }) => contactIds.includes(contactId));
    },
    changeMemberships: async ({ add, remove }) => {
      await itemByItem(
        add,
        (one) => step(`addMembership ${membershipKey(one)}`),
        (one) => memberships.set(membershipKey(one), one),
      );
      await itemByItem(
        remove,
        (one) => step(`removeMembership ${membershipKey(one)}`),
        (one) => memberships.delete(membershipKey(one)),
      );
    },
  };
};

/** The reader over the same state. */
export const memoryContactReader = (state: ContactState, step: Step): ContactReader => ({
  find: async (id) => {
    await step(`findContact ${id}`);
    const contact = state.contacts.get(id);
    if (!contact || contact.state === 'erased') return undefined;
    return { contact, memberships: [...state.memberships.values()].filter(({ contactId }) => contactId === id) };
  },
  membershipsOf: async (id) => {
    await step(`readMemberships ${id}`);
    return [...state.memberships.values()].filter(({ contactId }) => contactId === id);
  },
  walk: async ({ limit, isAscending, after }, isWanted = () => true) => {
    await step('walkContacts');
    const all = [...state.contacts.values()]
      .filter((contact) => contact.state !== 'erased' && isWanted(lineOf(contact)))
      .filter(({ id }) => after === undefined || (isAscending ? id > after : id < after))
      .sort((one, other) => (isAscending ? one.id - other.id : other.id - one.id));
    const contacts = all.slice(0, limit);
    const last = contacts.at(-1)?.id;
    return { contacts, ...(all.length > limit && last !== undefined && { last }) };
  },
});

const lineOf = ({ id, source, state, updatedAt, firstName = '', lastName = '' }: Contact): ContactLine => ({
  id,
  source,
  state,
  updatedAt,
  names: { firstName: firstName.toLowerCase(), lastName: lastName.toLowerCase() },
});

/** The directory over the same state. */
export const memoryContactDirectory = (state: ContactState, step: Step): ContactDirectory => {
  const active = () =>
    [...state.contacts.values()]
      .filter((contact) => contact.state === 'active')
      .sort((one, other) => one.id - other.id);
  const begins = (name = '', prefix = '') => name.toLowerCase().startsWith(prefix);

  return {
    collect: async (names, isWanted = () => true) => {
      await step('collectContacts');
      return active()
        .filter(({ firstName, lastName }) => begins(firstName, names.firstName) && begins(lastName, names.lastName))
        .map(({ id, updatedAt }) => ({ id, updatedAt }))
        .filter(isWanted);
    },
    count: async () => {
      await step('countContacts');
      return active().length;
    },
    list: async ({ limit, isAscending, after }) => {
      await step('listContactIds');
      const ids = active().map(({ id }) => id);
      if (!isAscending) ids.reverse();
      return ids.filter((id) => after === undefined || (isAscending ? id > after : id < after)).slice(0, limit);
    },
  };
};
