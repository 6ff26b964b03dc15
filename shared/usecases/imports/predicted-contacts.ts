import type { Contact } from '#domain/contacts/contact.ts';
import { type Claim, type Identity, identitiesOf, identityKey } from '#domain/contacts/identity.ts';
import type { ClaimWrite, ContactStore, ContactWrite } from '#domain/contacts/ports.ts';
import { membershipKey } from '#domain/contacts/working-state.ts';
import type { Mentions } from '#domain/erasure/mentions.ts';
import { maxCarried, type Overlay } from '#domain/imports/prediction.ts';
import type { Membership } from '#domain/segments/ports.ts';

/** The part of the contact store that a dry run may use. */
export type ReadableContacts = Pick<ContactStore, 'readClaims' | 'readContacts' | 'readMemberships'>;

/** A contact store that writes to an overlay only. */
export interface PredictedContacts extends ContactStore {
  /** Forgets what no row after this chunk can read; whether more is left than may be carried on. */
  forgetUntil(chunk: number): boolean;
}

/** What decides how long an overlay keeps a contact. */
export interface OverlayRule {
  readonly mentions: Mentions;
  /** The custom fields that contacts are found by. */
  readonly identifying: ReadonlySet<number>;
  /** Before there are so many more, nothing is forgotten, as all of them are looked at. */
  readonly leastForgotten?: number | undefined;
  /** The most contacts that are carried along because rows further down mention them again. */
  readonly mostCarried?: number | undefined;
}

/**
 * The contact store as it would be: reads see the overlay laid over what is stored, writes go to the overlay on the
 * same conditions as real ones. It assumes that nothing else writes meanwhile.
 */
export const predictedContacts = (
  stored: ReadableContacts,
  overlay: Overlay,
  { mentions, identifying, leastForgotten = 2_000, mostCarried = maxCarried }: OverlayRule,
): PredictedContacts => {
  /** What was read in this chunk, as it is stored. */
  const seenClaims = new Map<string, Claim>();
  const seenContacts = new Map<number, Contact>();
  let sweepAt = leastForgotten;

  const claimOf = (identity: Identity): Claim | undefined => {
    const key = identityKey(identity);
    return overlay.claims.get(key) ?? seenClaims.get(key);
  };
  const contactOf = (id: number): Contact | undefined => overlay.contacts.get(id) ?? seenContacts.get(id);

  /** Rows find a contact by what it has or by its id. */
  const noteMentions = (contact: Contact) => {
    const named = [...identitiesOf(contact, identifying).map(identityKey), mentionOfId(contact.id)];
    overlay.lastMentions.set(contact.id, Math.max(...named.map(mentions.lastOf)));
  };
  const setContact = (contact: Contact) => {
    overlay.contacts.set(contact.id, contact);
    noteMentions(contact);
  };
  const setClaim = ({ identity, contactIds, stamp }: ClaimWrite) =>
    overlay.claims.set(identityKey(identity), { identity, contactIds, ...(contactIds.length > 0 && { stamp }) });
  const isClaimAsRead = ({ identity, expectedStamp }: ClaimWrite) => claimOf(identity)?.stamp === expectedStamp;
  const isContactAsRead = ({ contact, expectedVersion }: ContactWrite) =>
    (contactOf(contact.id)?.version ?? 0) === expectedVersion;
  const writeContact = (write: ContactWrite) => {
    if (!isContactAsRead(write)) return false;
    setContact(write.contact);
    return true;
  };
  const predict = (membership: Membership, isThere: boolean) => {
    const { contactId } = membership;
    const own = overlay.memberships.get(contactId) ?? new Map();
    overlay.memberships.set(contactId, own.set(membershipKey(membership), { membership, isThere }));
  };
  const predicted = (membership: Membership) =>
    overlay.memberships.get(membership.contactId)?.get(membershipKey(membership));

  const sweep = (chunk: number) => {
    for (const [key, { identity }] of overlay.claims) {
      if (mentions.lastOf(identityKey(identity)) <= chunk) overlay.claims.delete(key);
    }
    for (const [id, last] of overlay.lastMentions) {
      if (last > chunk && (overlay.contacts.has(id) || overlay.memberships.has(id))) continue;
      overlay.contacts.delete(id);
      overlay.memberships.delete(id);
      overlay.lastMentions.delete(id);
    }
  };

  return {
    leaseIds: async (count) => {
      const first = overlay.nextId;
      overlay.nextId += count;
      return Array.from({ length: count }, (_, index) => first + index);
    },

    readClaims: async (identities) => {
      const unread = identities.filter((identity) => !claimOf(identity));
      for (const claim of unread.length > 0 ? await stored.readClaims(unread) : []) {
        seenClaims.set(identityKey(claim.identity), claim);
      }
      return identities.map((identity) => claimOf(identity) ?? { identity, contactIds: [] });
    },

    readContacts: async (ids, memberships) => {
      const unread = ids.filter((id) => !contactOf(id));
      const unknown = memberships.filter((membership) => !predicted(membership));
      const read = await stored.readContacts(unread, unknown);
      for (const contact of read.contacts) {
        seenContacts.set(contact.id, contact);
        noteMentions(contact);
      }
      const known = memberships.flatMap((one) => predicted(one) ?? []);
      return {
        contacts: [...new Set(ids)].flatMap((id) => contactOf(id) ?? []),
        memberships: [
          ...read.memberships,
          ...known.filter(({ isThere }) => isThere).map(({ membership }) => membership),
        ],
      };
    },

    readMemberships: async (contactIds) => {
      const read = await stored.readMemberships(contactIds);
      const changes = contactIds.flatMap((id) => [...(overlay.memberships.get(id)?.values() ?? [])]);
      return [
        ...read.filter((membership) => !predicted(membership)),
        ...changes.filter(({ isThere }) => isThere).map(({ membership }) => membership),
      ];
    },

    writeClaims: async (claims) =>
      claims.map((write) => {
        if (!isClaimAsRead(write)) return false;
        setClaim(write);
        return true;
      }),
    insertContacts: async (contacts) => contacts.map((contact) => writeContact({ contact, expectedVersion: 0 })),
    replaceContacts: async (writes) => writes.map(writeContact),
    transact: async ({ contacts, claims }) => {
      if (!contacts.every(isContactAsRead) || !claims.every(isClaimAsRead)) return false;
      for (const { contact } of contacts) setContact(contact);
      for (const claim of claims) setClaim(claim);
      return true;
    },
    changeMemberships: async ({ add, remove }) => {
      for (const membership of add) predict(membership, true);
      for (const membership of remove) predict(membership, false);
    },

    forgetUntil: (chunk) => {
      seenClaims.clear();
      seenContacts.clear();
      if (overlay.lastMentions.size < Math.min(sweepAt, mostCarried)) return false;
      sweep(chunk);
      sweepAt = overlay.lastMentions.size + Math.max(leastForgotten, overlay.lastMentions.size);
      return overlay.lastMentions.size > mostCarried;
    },
  };
};

/** What a row that names a contact by its id mentions. */
export const mentionOfId = (id: number): string => `ID#${id}`;
