import type { ContactDraft } from '#domain/contacts/contact.ts';
import {
  type Claim,
  type Identity,
  identitiesOf,
  identityKey,
  isMovable,
  isSoleOwned,
} from '#domain/contacts/identity.ts';
import { lookupsOf } from '#domain/contacts/match.ts';
import { createdContent } from '#domain/contacts/merge.ts';
import type { SaveRule } from '#domain/contacts/plan.ts';
import type { ContactStore } from '#domain/contacts/ports.ts';
import { joinsOf, membershipKey, type SaveView } from '#domain/contacts/working-state.ts';
import { identifyingFieldsOf } from '#domain/fields/custom-field.ts';
import { suitableFieldValues } from '#domain/fields/field-value.ts';
import { type ContactInSegment, canBeLeft, leavingOf } from '#domain/segments/leaving.ts';
import type { Membership } from '#domain/segments/ports.ts';
import { epochOf } from '#domain/segments/segment.ts';
import { settlePending } from './settle-pending.ts';

/** How drafts are read, and the claims that were read beforehand. */
export interface ViewRule extends SaveRule {
  readonly claimsAhead?: readonly Claim[];
}

/** Every identity that drafts look up or that their contacts would gain, each once. */
export const identitiesOfDrafts = (drafts: readonly ContactDraft[], rule: SaveRule): Identity[] =>
  distinct(drafts.map((draft) => inStoredForm(draft, rule)).flatMap((draft) => identitiesIn(draft, rule)));

/**
 * Reads every contact that the drafts may mean: the claims of all their identities, then the owners of those that
 * decide, with their memberships. Two round trips however many drafts there are, one if no identity has an owner.
 */
export const readView = async (
  contacts: ContactStore,
  given: readonly ContactDraft[],
  rule: ViewRule,
): Promise<SaveView> => {
  const drafts = given.map((draft) => inStoredForm(draft, rule));
  const claims = new Map(rule.claimsAhead?.map((claim) => [identityKey(claim.identity), claim]));
  const asked = distinct(drafts.flatMap((draft) => identitiesIn(draft, rule)));
  const unread = asked.filter((identity) => !claims.has(identityKey(identity)));
  for (const claim of unread.length > 0 ? await contacts.readClaims(unread) : []) {
    claims.set(identityKey(claim.identity), claim);
  }

  const deciding = drafts.flatMap((draft) => decidingIdentities(draft, rule));
  const ids = new Set(deciding.flatMap((identity) => claims.get(identityKey(identity))?.contactIds ?? []));
  if (rule.dedupeOn === 'id' || rule.dedupeOn === 'path')
    for (const { id } of drafts) if (id !== undefined) ids.add(id);
  if (ids.size === 0) return { claims, contacts: new Map(), memberships: new Map() };

  const epochs = [...rule.joins, ...rule.leaves].map(epochOf);
  const ofAll = [...ids].flatMap((contactId) => [
    ...epochs.map((epoch) => ({ contactId, ...epoch })),
    ...rule.joins.flatMap((segment) => leavingsOf({ contactId, segment })),
  ]);
  const memberships = rule.named ? [...ofAll, ...ownMemberships(drafts, claims, rule)] : ofAll;
  const read = await contacts.readContacts([...ids], memberships);
  const known = new Map(read.contacts.map((contact) => [contact.id, contact]));
  if (known.size < ids.size) await settlePending(contacts, drafts, { claims, contacts: known }, rule);
  return { claims, contacts: known, memberships: new Map(read.memberships.map((one) => [membershipKey(one), one])) };
};

/** What is there where the contact has left the segment, which it can be only if a category is mirrored. */
const leavingsOf = ({ contactId, segment }: ContactInSegment): Membership[] =>
  canBeLeft(segment) ? [leavingOf({ contactId, segmentId: segment.id })] : [];

/** Those in the segments that a draft names itself, of every contact that it may mean, each once. */
const ownMemberships = (
  drafts: readonly ContactDraft[],
  claims: ReadonlyMap<string, Claim>,
  rule: SaveRule,
): Membership[] => {
  const own = new Map<string, Membership>();
  for (const draft of drafts) {
    const ids = decidingIdentities(draft, rule).flatMap((one) => claims.get(identityKey(one))?.contactIds ?? []);
    const named = joinsOf(draft, rule).filter((segment) => !rule.joins.includes(segment));
    for (const contactId of draft.id === undefined ? ids : [...ids, draft.id])
      for (const segment of named)
        for (const one of [{ contactId, ...epochOf(segment) }, ...leavingsOf({ contactId, segment })])
          own.set(membershipKey(one), one);
  }
  return [...own.values()];
};

/** A draft with its field values as they are stored, and looked up. */
const inStoredForm = (draft: ContactDraft, { definitions }: SaveRule): ContactDraft =>
  draft.fields ? { ...draft, fields: suitableFieldValues(draft.fields, definitions).values } : draft;

/** Every identity that a draft looks up or that its contact would gain. */
const identitiesIn = (draft: ContactDraft, rule: SaveRule): Identity[] => [
  ...lookupsOf(draft, rule),
  ...identitiesOf(createdContent(draft, rule), identifyingFieldsOf(rule.definitions)),
];

/** Identities whose owners decide whom a draft means, or lose it to the draft. */
const decidingIdentities = (draft: ContactDraft, rule: SaveRule): Identity[] => [
  ...lookupsOf(draft, rule),
  ...identitiesIn(draft, rule).filter((identity) => isSoleOwned(identity) || isMovable(identity)),
];

const distinct = (identities: readonly Identity[]): Identity[] => [
  ...new Map(identities.map((identity) => [identityKey(identity), identity])).values(),
];
