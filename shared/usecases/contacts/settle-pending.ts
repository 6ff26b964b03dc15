import type { Contact, ContactDraft } from '#domain/contacts/contact.ts';
import { type Claim, hasIdentity, type Identity, identityKey } from '#domain/contacts/identity.ts';
import { lookupsOf, mayMean } from '#domain/contacts/match.ts';
import type { SaveRule } from '#domain/contacts/plan.ts';
import type { ContactStore } from '#domain/contacts/ports.ts';
import { tombstone } from '#domain/contacts/working-state.ts';
import { identifyingFieldsOf } from '#domain/fields/custom-field.ts';

/** What was read of claims, and of the contacts that own them. */
export interface Owners {
  readonly claims: ReadonlyMap<string, Claim>;
  readonly contacts: Map<number, Contact>;
}

/**
 * Leaves at most one id for each draft that was claimed for but is not born: the one that the draft will bear. Where it
 * means somebody who is born, it leaves none. Whether such a birth is slow or was given up, nobody can tell; so the others
 * are buried under a tombstone, whose writer then looks again. Else two writers of one phone number and two e-mail
 * addresses would bear a contact each, and an externalCustomerId that passed from an id to a contact would have two
 * owners once the id is born after all.
 */
export const settlePending = async (
  contacts: ContactStore,
  drafts: readonly ContactDraft[],
  owners: Owners,
  rule: SaveRule,
): Promise<void> => {
  for (;;) {
    const doomed = new Set(drafts.flatMap((draft) => idsToTombstone(draft, owners, rule)));
    if (doomed.size === 0) return;
    await leaveTombstones(contacts, [...doomed], owners, rule);
  }
};

const idsToTombstone = (draft: ContactDraft, { claims, contacts }: Owners, rule: SaveRule): number[] => {
  const matching = matchingIdentities(draft, rule).map((identity) => ({
    identity,
    ids: claims.get(identityKey(identity))?.contactIds ?? [],
  }));
  const pending = [...new Set(matching.flatMap(({ ids }) => ids.filter((id) => !contacts.has(id))))];
  if (pending.length === 0) return [];
  const meansSomebody =
    rule.dedupeOn === 'path' ||
    matching.some(({ identity, ids }) => ids.some((id) => isMeant(contacts.get(id), identity, draft, rule)));
  // Everybody leaves the same one, so that of two who meet neither buries the other's.
  return meansSomebody ? pending : pending.sort((one, other) => one - other).slice(1);
};

const matchingIdentities = (draft: ContactDraft, rule: SaveRule): Identity[] => {
  const { externalCustomerId: value } = draft;
  return [...(value === undefined ? [] : [{ type: 'EXT', value } as const]), ...lookupsOf(draft, rule)];
};

const isMeant = (contact: Contact | undefined, identity: Identity, draft: ContactDraft, rule: SaveRule): boolean => {
  if (!contact || contact.state === 'erased') return false;
  if (!hasIdentity(contact, identity, identifyingFieldsOf(rule.definitions))) return false;
  return identity.type === 'EXT' || mayMean(draft, contact, rule);
};

/** Puts tombstones under ids, and reads those that were born meanwhile. */
const leaveTombstones = async (
  contacts: ContactStore,
  ids: readonly number[],
  owners: Owners,
  rule: SaveRule,
): Promise<void> => {
  const tombstones = ids.map((id) => tombstone(id, rule));
  const hasTombstone = await contacts.insertContacts(tombstones);
  const lost = ids.filter((_, position) => !hasTombstone[position]);
  const created = lost.length > 0 ? (await contacts.readContacts(lost, [])).contacts : [];
  const buried = tombstones.filter((_, position) => hasTombstone[position]);
  for (const contact of [...buried, ...created]) owners.contacts.set(contact.id, contact);
};
