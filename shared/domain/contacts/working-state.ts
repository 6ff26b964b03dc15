import { type CustomField, identifyingFieldsOf } from '../fields/custom-field.ts';
import type { Outcome } from '../imports/import-session.ts';
import { type ContactInSegment, canBeLeft, leavingOf } from '../segments/leaving.ts';
import type { Membership } from '../segments/ports.ts';
import { epochOf, type Segment, segmentNameKey } from '../segments/segment.ts';
import type { Contact, ContactContent, ContactDraft, ContactSource } from './contact.ts';
import {
  type Claim,
  hasIdentity,
  type Identity,
  identitiesOf,
  identityKey,
  isMovable,
  isSoleOwned,
} from './identity.ts';
import type { Candidate, Match, MatchSource } from './match.ts';
import { contentOf, isSameContent } from './merge.ts';

/** What the table said about every contact that the rows may mean, read before planning. */
export interface SaveView {
  /** By `identityKey`. */
  readonly claims: ReadonlyMap<string, Claim>;
  readonly contacts: ReadonlyMap<number, Contact>;
  /** By `membershipKey`. */
  readonly memberships: ReadonlyMap<string, Membership>;
}

/** What every contact that a request writes has in common. */
export interface WriteRule {
  /** The request or chunk that asks: the same one coming again is a repeat. */
  readonly token: string;
  /** ISO 8601 in UTC. */
  readonly now: string;
  readonly source: ContactSource;
  readonly definitions: ReadonlyMap<number, CustomField>;
  /** The segments that every saved contact joins, as they were read. */
  readonly joins: readonly Segment[];
  /** The segments that every saved contact leaves. */
  readonly leaves: readonly Segment[];
  /** The segments that drafts name themselves, by `segmentNameKey`. */
  readonly named?: ReadonlyMap<string, Segment>;
  /** The ids of those to join that the person asks for: also who has left a subscription category joins it so. */
  readonly askedFor?: ReadonlySet<number>;
}

/** The segments that the contact of a draft joins: those of everybody, and those that it names; what is left is not joined. */
export const joinsOf = (
  { segmentNames = [] }: Pick<ContactDraft, 'segmentNames'>,
  { joins, leaves, named }: Pick<WriteRule, 'joins' | 'leaves' | 'named'>,
): readonly Segment[] => {
  if (!named || segmentNames.length === 0) return joins;
  const own = segmentNames.flatMap((name) => named.get(segmentNameKey(name)) ?? []);
  const others = own.filter(({ id }) => !leaves.some((segment) => segment.id === id));
  return [...new Map([...joins, ...others].map((segment) => [segment.id, segment])).values()];
};

/** One contact to write and the memberships that change with it. */
export interface Change {
  /** The contact as it was read; absent for a creation. */
  readonly base?: Contact;
  /**
   * The contact as it shall be. A creation has a negative id until one is leased, or the id that was claimed for it.
   */
  contact: Contact;
  join: readonly Segment[];
  leave: readonly Segment[];
  /** Changes to commit before it: contacts that lose a token to it. */
  readonly after: Change[];
}

/** The most contacts that may share one e-mail address, phone number or field value. */
export const maxOwners = 1000;
/** The most identities of one contact, so that a change of all of them fits one transaction. */
export const maxIdentities = 45;
/** The largest content of a contact, in characters of JSON: an item holds 400 KB. */
export const maxContentLength = 120_000;

/** One string for one membership, for sets. */
export const membershipKey = ({ contactId, segmentId, epoch }: Membership): string =>
  `${contactId}#${segmentId}#${epoch}`;

/** The view with everything that was planned so far laid over it. */
export interface WorkingState extends MatchSource {
  /**
   * Plans the contact of a match to have this content, to join these segments (absent: those of the rule) and to leave those
   * of the rule, unless its `memberships` are to stay as they are; or says why the table cannot hold it.
   */
  save(
    match: Match,
    content: ContactContent,
    memberships?: 'asTheyAre' | readonly Segment[],
  ): { outcome: Outcome; change: Change } | { excess: 'TOO_MANY_OWNERS' | 'TOO_LARGE' };
  /** Plans nothing for a contact, whether it is stored or planned to be created. */
  keep(contact: Contact): Change;
  /** Those of the segments to join that a contact is not in. */
  unjoined(contactId: number): readonly Segment[];
  /** Those of these segments to join that a contact does not join, as the person has left them. */
  left(contactId: number, joins: readonly Segment[]): readonly Segment[];
}

/** Starts from a view with nothing planned. */
export const workingState = (view: SaveView, rule: WriteRule): WorkingState => {
  const identifying = identifyingFieldsOf(rule.definitions);
  const owners = new Map<string, readonly number[]>();
  const changes = new Map<number, Change>();
  let creations = 0;

  const contact = (id: number) => changes.get(id)?.contact ?? view.contacts.get(id);
  const ownersOf = (identity: Identity) =>
    owners.get(identityKey(identity)) ?? view.claims.get(identityKey(identity))?.contactIds ?? [];
  const candidates = (identity: Identity) =>
    ownersOf(identity).flatMap((id): Candidate[] => {
      const owner = contact(id);
      if (!owner) return [{ pendingId: id }];
      if (id > 0 && !view.contacts.has(id) && !hasIdentity(owner, identity, identifying)) return ['unsettled'];
      return owner.state !== 'erased' && hasIdentity(owner, identity, identifying) ? [owner] : [];
    });

  const changeOf = (match: Match): Change => {
    if (match.kind === 'found') {
      return (
        changes.get(match.contact.id) ?? { base: match.contact, contact: match.contact, join: [], leave: [], after: [] }
      );
    }
    if (match.kind !== 'pending') creations += 1;
    return { contact: pending(match.kind === 'pending' ? match.id : -creations, rule), join: [], leave: [], after: [] };
  };

  const own = (change: Change, identity: Identity) => {
    const { id } = change.contact;
    // Even an owner may have lost it to a row before.
    if (isMovable(identity)) takeFromOthers(change, identity);
    const current = ownersOf(identity);
    if (current.includes(id)) return;
    owners.set(identityKey(identity), isSoleOwned(identity) ? [id] : [...current, id]);
  };

  const takeFromOthers = (taker: Change, identity: Identity) => {
    for (const owner of candidates(identity)) {
      if (owner === 'unsettled' || 'pendingId' in owner || owner.id === taker.contact.id) continue;
      const loser = changeOf({ kind: 'found', contact: owner });
      loser.contact = written(loser, withoutToken(contentOf(owner), identity), owner.state, rule);
      changes.set(owner.id, loser);
      taker.after.push(loser);
    }
  };

  const excess = (id: number, content: ContactContent) => {
    const identities = identitiesOf(content, identifying);
    if (identities.length > maxIdentities || JSON.stringify(content).length > maxContentLength) return 'TOO_LARGE';
    const isCrowded = identities.some((identity) => {
      const current = ownersOf(identity);
      return current.length >= maxOwners && !current.includes(id);
    });
    return isCrowded ? 'TOO_MANY_OWNERS' : undefined;
  };

  const save: WorkingState['save'] = (match, content, memberships = rule.joins) => {
    const change = changeOf(match);
    const { id, state } = change.contact;
    const tooMuch = excess(id, content);
    if (tooMuch) return { excess: tooMuch };
    const isCreated = change.base === undefined && !changes.has(id);
    const hasMembershipChanges =
      memberships !== 'asTheyAre' && planMemberships(change, view, { ...rule, joins: memberships });
    const isDifferent = state !== 'active' || change.contact.version === 0 || !isSameContent(change.contact, content);
    if (isDifferent) change.contact = written(change, content, 'active', rule);
    changes.set(id, change);
    for (const identity of identitiesOf(content, identifying)) own(change, identity);
    const isRepeat = change.base?.updatedBy === rule.token;
    return {
      change,
      outcome: isCreated ? 'created' : isDifferent || hasMembershipChanges || isRepeat ? 'updated' : 'unchanged',
    };
  };

  return {
    candidates,
    contact,
    save,
    keep: (found) => changeOf({ kind: 'found', contact: found }),
    unjoined: (contactId) => rule.joins.filter((segment) => !isShown(membershipIn(view, contactId, segment))),
    left: (contactId, joins) => joins.filter((segment) => hasLeft(view, { contactId, segment }, rule)),
  };
};

const membershipIn = ({ memberships }: SaveView, contactId: number, segment: Segment): Membership | undefined =>
  memberships.get(membershipKey({ contactId, ...epochOf(segment) }));

/** One that is hidden is of a contact that is deleted, or whose restoring was interrupted: to join shows it again. */
const isShown = (membership: Membership | undefined): boolean => membership !== undefined && !membership.isHidden;

const hasLeft = (
  { memberships }: SaveView,
  { contactId, segment }: ContactInSegment,
  { askedFor }: WriteRule,
): boolean =>
  canBeLeft(segment) &&
  !askedFor?.has(segment.id) &&
  memberships.has(membershipKey(leavingOf({ contactId, segmentId: segment.id })));

/** Plans the memberships that the contact lacks or has too many, beside those planned before; whether there are any. */
const planMemberships = (change: Change, view: SaveView, rule: WriteRule): boolean => {
  const contactId = change.contact.id;
  const membership = (segment: Segment) => membershipIn(view, contactId, segment);
  const isLeft = (segment: Segment) => hasLeft(view, { contactId, segment }, rule);
  const join = rule.joins.filter(
    (segment) => !isShown(membership(segment)) && !isLeft(segment) && !change.join.includes(segment),
  );
  // A writer that died before it looked once more may have put somebody in who had left.
  const leave = [...rule.leaves, ...rule.joins.filter(isLeft)].filter(
    (segment) => membership(segment) !== undefined && !change.leave.includes(segment),
  );
  change.join = [...change.join, ...join];
  change.leave = [...change.leave, ...leave];
  return join.length + leave.length > 0;
};

/** A contact that is about to be created; version 0 says that it was never written. */
const pending = (id: number, { token, now, source }: Pick<WriteRule, 'token' | 'now' | 'source'>): Contact => ({
  id,
  confirmed: false,
  source,
  state: 'active',
  createdAt: now,
  updatedAt: now,
  version: 0,
  createdBy: token,
  updatedBy: token,
});

/**
 * What is left under an id whose contact was erased, or never created and now never will be: nothing about a person.
 */
export const tombstone = (id: number, rule: Pick<WriteRule, 'token' | 'now' | 'source'>, version = 1): Contact => ({
  ...pending(id, rule),
  state: 'erased',
  version,
});

/** Whether there ever was a contact under an id: if none was created, a tombstone is in its first version. */
export const wasCreated = ({ state, version }: Pick<Contact, 'state' | 'version'>): boolean =>
  state !== 'erased' || version > 1;

/** The contact of a change with new content, as the next version after the one that was read. */
const written = (
  { base, contact }: Change,
  content: ContactContent,
  state: Contact['state'],
  rule: WriteRule,
): Contact => ({
  id: contact.id,
  source: contact.source,
  state,
  createdAt: contact.createdAt,
  updatedAt: rule.now,
  version: (base?.version ?? 0) + 1,
  createdBy: contact.createdBy,
  updatedBy: rule.token,
  ...content,
});

const withoutToken = ({ tokens = [], ...content }: ContactContent, lost: Identity): ContactContent => {
  const type = lost.type === 'PUSH' ? 'mobilepush' : 'webpush';
  const kept = tokens.filter((token) => token.value !== lost.value || token.type !== type);
  return kept.length > 0 ? { ...content, tokens: kept } : content;
};
