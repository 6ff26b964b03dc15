import type { Contact, ContactDraft } from '#domain/contact.ts';
import { identifyingFieldsOf } from '#domain/custom-field.ts';
import { type Claim, hasIdentity, type Identity, identityKey } from '#domain/identity.ts';
import { lookupsOf, mayMean } from '#domain/match.ts';
import type { SaveRule } from '#domain/plan.ts';
import type { ContactStore } from '#domain/ports.ts';
import { tombstone } from '#domain/working-state.ts';

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
export const settleUnborn = async (
  contacts: ContactStore,
  drafts: readonly ContactDraft[],
  owners: Owners,
  rule: SaveRule,
): Promise<void> => {
  for (;;) {
    const doomed = new Set(drafts.flatMap((draft) => idsToBury(draft, owners, rule)));
    if (doomed.size === 0) return;
    await bury(contacts, [...doomed], owners, rule);
  }
};

const idsToBury = (draft: ContactDraft, { claims, contacts }: Owners, rule: SaveRule): number[] => {
  const matching = matchingIdentities(draft, rule).map((identity) => ({
    identity,
    ids: claims.get(identityKey(identity))?.contactIds ?? [],
  }));
  const unborn = [...new Set(matching.flatMap(({ ids }) => ids.filter((id) => !contacts.has(id))))];
  if (unborn.length === 0) return [];
  const meansSomebody =
    rule.dedupeOn === 'path' ||
    matching.some(({ identity, ids }) => ids.some((id) => isMeant(contacts.get(id), identity, draft, rule)));
  // Everybody leaves the same one, so that of two who meet neither buries the other's.
  return meansSomebody ? unborn : unborn.sort((one, other) => one - other).slice(1);
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
const bury = async (contacts: ContactStore, ids: readonly number[], owners: Owners, rule: SaveRule): Promise<void> => {
  const tombstones = ids.map((id) => tombstone(id, rule));
  const isBuried = await contacts.insertContacts(tombstones);
  const lost = ids.filter((_, position) => !isBuried[position]);
  const born = lost.length > 0 ? (await contacts.readContacts(lost, [])).contacts : [];
  const buried = tombstones.filter((_, position) => isBuried[position]);
  for (const contact of [...buried, ...born]) owners.contacts.set(contact.id, contact);
};
