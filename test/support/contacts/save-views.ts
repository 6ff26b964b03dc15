import type { Contact } from '#domain/contacts/contact.ts';
import { type Claim, hasIdentity, identitiesOf, identityKey } from '#domain/contacts/identity.ts';
import type { MatchSource } from '#domain/contacts/match.ts';
import { membershipKey, type SaveView } from '#domain/contacts/working-state.ts';
import type { Membership } from '#domain/segments/ports.ts';

/** What a quiet table with these contacts would say when it is read. */
export const viewOf = (
  contacts: readonly Contact[],
  { memberships = [], identifyingFields = [] }: { memberships?: Membership[]; identifyingFields?: number[] } = {},
): SaveView => {
  const claims = new Map<string, Claim>();
  for (const contact of contacts) {
    for (const identity of identitiesOf(contact, new Set(identifyingFields))) {
      const owners = claims.get(identityKey(identity))?.contactIds ?? [];
      claims.set(identityKey(identity), { identity, contactIds: [...owners, contact.id], stamp: `${contact.id}.1` });
    }
  }
  return {
    claims,
    contacts: new Map(contacts.map((contact) => [contact.id, contact])),
    memberships: new Map(memberships.map((one) => [membershipKey(one), one])),
  };
};

/** Contacts to match drafts against. */
export const matchSourceOf = (
  contacts: readonly Contact[],
  { identifyingFields = [] }: { identifyingFields?: number[] } = {},
): MatchSource => ({
  candidates: (identity) =>
    contacts.filter(
      (contact) => contact.state !== 'erased' && hasIdentity(contact, identity, new Set(identifyingFields)),
    ),
  contact: (id) => contacts.find((contact) => contact.id === id),
});
