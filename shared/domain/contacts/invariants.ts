import type { Contact } from './contact.ts';
import { type Claim, hasIdentity, identitiesOf, identityKey, isSoleOwned } from './identity.ts';

/** A breach of what the write path promises, without personal data. */
export interface Breach {
  readonly kind: 'unclaimed identity' | 'several owners';
  readonly identityType: string;
  readonly contactIds: readonly number[];
}

/** The claims and contacts of a table, each read at one moment. */
export interface Holdings {
  readonly claims: Iterable<Claim>;
  readonly contacts: Iterable<Contact>;
}

/**
 * Checks a quiet table: a contact that has an identity is listed by its claim, and an identity that only one may have
 * is had by one. A claim may list more than that: ids whose creation was interrupted, which a later writer completes or
 * takes over.
 */
export const findBreaches = (
  { claims, contacts }: Holdings,
  identifyingFields: ReadonlySet<number> = new Set(),
): Breach[] => {
  const claimByKey = new Map([...claims].map((claim) => [identityKey(claim.identity), claim]));
  const contactById = new Map([...contacts].map((contact) => [contact.id, contact]));

  const unclaimed = [...contactById.values()].flatMap((contact) =>
    identitiesOf(contact, identifyingFields)
      .filter((identity) => !claimByKey.get(identityKey(identity))?.contactIds.includes(contact.id))
      .map(({ type }): Breach => ({ kind: 'unclaimed identity', identityType: type, contactIds: [contact.id] })),
  );
  const crowded = [...claimByKey.values()]
    .filter(({ identity }) => isSoleOwned(identity))
    .flatMap(({ identity, contactIds }): Breach[] => {
      const owners = contactIds.filter((id) => {
        const contact = contactById.get(id);
        return contact && hasIdentity(contact, identity, identifyingFields);
      });
      return owners.length > 1 ? [{ kind: 'several owners', identityType: identity.type, contactIds: owners }] : [];
    });
  return [...unclaimed, ...crowded];
};
