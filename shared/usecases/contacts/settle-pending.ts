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
 * Leaves at most one pending id for each draft: the one under which the draft will be created, or none if the draft
 * means an existing contact. Nobody can know whether the writer of a pending id is slow or has crashed. So the other
 * ids get a tombstone, and a slow writer that meets it looks again. Otherwise two writers of one phone number and two
 * e-mail addresses would create a contact each, and an externalCustomerId that passed from an id to a contact would
 * have two owners once the id is created after all.
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
    matching.some(({ identity, ids }) => means(draft, { identity, owners: ids.map((id) => contacts.get(id)) }, rule));
  // Everybody leaves the same one, so that of two who meet neither buries the other's.
  return meansSomebody ? pending : pending.sort((one, other) => one - other).slice(1);
};

const matchingIdentities = (draft: ContactDraft, rule: SaveRule): Identity[] => {
  const { externalCustomerId: value } = draft;
  return [...(value === undefined ? [] : [{ type: 'EXT', value } as const]), ...lookupsOf(draft, rule)];
};

/** An identity of a draft with its owners; one that is not created yet is `undefined`. */
interface Owned {
  readonly identity: Identity;
  readonly owners: readonly (Contact | undefined)[];
}

const means = (draft: ContactDraft, { identity, owners }: Owned, rule: SaveRule): boolean => {
  const identifying = identifyingFieldsOf(rule.definitions);
  const standing = owners.filter(
    (owner) => !owner || (owner.state !== 'erased' && hasIdentity(owner, identity, identifying)),
  );
  const isAlone = standing.length === 1;
  return standing.some(
    (contact) => contact && (identity.type === 'EXT' || mayMean(draft, { contact, by: identity, isAlone }, rule)),
  );
};

/** Puts tombstones under ids, and reads those that were created meanwhile. */
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
  const left = tombstones.filter((_, position) => hasTombstone[position]);
  for (const contact of [...left, ...created]) owners.contacts.set(contact.id, contact);
};
