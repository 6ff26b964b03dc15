import type { DedupeOn } from '../imports/import-session.ts';
import type { Contact, ContactDraft } from './contact.ts';
import { type Identity, identityKey, maxFieldIdentityLength } from './identity.ts';

/**
 * What contacts are matched by after externalCustomerId: what an import names, `email_then_sms` for subscriptions,
 * `form` for those of a form that anybody can fill in, `any_channel` for one contact that is added, `order` for orders,
 * and `path` for the id of a path, which alone decides (contract 3.2).
 */
export type MatchOn = DedupeOn | 'email_then_sms' | 'form' | 'any_channel' | 'order' | 'path';

/** What contacts are matched by beside externalCustomerId. */
export interface MatchRule {
  readonly dedupeOn: MatchOn;
  /** The custom field of `dedupeOn=fieldId`. */
  readonly fieldId?: number;
  /**
   * Whether a deleted contact is meant by nothing but its externalCustomerId or an e-mail address that it alone has: a
   * phone number passes on to other people.
   */
  readonly guardsDeleted?: boolean;
  readonly phoneMatches?: PhoneMatches;
}

/** Whether a phone number means its contact whatever e-mail address comes with it; `always` where absent. */
export type PhoneMatches = 'always' | 'unlessEmailDiffers';

/** The identities that a draft is looked up by after its externalCustomerId, the first to try first (contract 3.4). */
export const lookupsOf = (draft: ContactDraft, { dedupeOn, fieldId }: MatchRule): Identity[] => {
  const email: Identity[] = draft.email ? [{ type: 'EMAIL', value: draft.email }] : [];
  const sms: Identity[] = draft.sms ? [{ type: 'SMS', value: draft.sms }] : [];
  switch (dedupeOn) {
    case 'email':
      return email;
    case 'sms':
      return sms;
    case 'email_or_sms':
    case 'order':
      return [...sms, ...email];
    case 'email_then_sms':
      // A subscriber who sent nothing but a token is known by it, so that the same form sent twice is one contact.
      return email.length + sms.length > 0 ? [...email, ...sms] : tokenIdentities(draft);
    case 'form':
      // An address says who is meant; a phone does where there is none, and a token where there is nothing else.
      if (email.length > 0) return email;
      return sms.length > 0 ? sms : tokenIdentities(draft);
    case 'any_channel':
      return [...email, ...sms, ...tokenIdentities(draft)];
    case 'push':
      return tokenIdentities(draft).filter(({ type }) => type === 'PUSH');
    case 'webpush':
      return tokenIdentities(draft).filter(({ type }) => type === 'WEBPUSH');
    case 'fieldId':
      return (draft.fields ?? []).flatMap(({ id, value }) =>
        id === fieldId && value.trim() !== '' && value.length <= maxFieldIdentityLength
          ? [{ type: 'FIELD', value: `${id}#${value}` }]
          : [],
      );
    case 'id':
    case 'path':
    case 'externalCustomerId':
      return [];
  }
};

const tokenIdentities = ({ tokens = [] }: ContactDraft): Identity[] =>
  tokens.flatMap(({ type, value }): Identity[] => {
    if (type === 'mobilepush') return [{ type: 'PUSH', value }];
    return type === 'webpush' ? [{ type: 'WEBPUSH', value }] : [];
  });

/** Whether a draft says which contact it means: by externalCustomerId or by what `dedupeOn` names. */
export const isIdentified = (draft: ContactDraft, rule: MatchRule): boolean =>
  draft.externalCustomerId !== undefined ||
  (rule.dedupeOn === 'id' ? draft.id !== undefined : lookupsOf(draft, rule).length > 0);

/** The value that `importstatus` reports for a draft (contract 4.3): the dedupe value, else its externalCustomerId. */
export const dedupeValueOf = (draft: ContactDraft, rule: MatchRule, matchedBy?: Identity): string => {
  const lookups = lookupsOf(draft, rule);
  const found = lookups.find((lookup) => matchedBy && identityKey(lookup) === identityKey(matchedBy)) ?? lookups[0];
  if (rule.dedupeOn === 'id' && draft.id !== undefined) return String(draft.id);
  if (found?.type === 'FIELD') return found.value.slice(found.value.indexOf('#') + 1);
  return found?.value ?? draft.externalCustomerId ?? '';
};

/**
 * An owner of a claim: a contact that has the identity, an id whose contact is not created yet, or such an id that this
 * very plan creates without the identity. Whether it will lack it is only known once the creation is settled: the
 * writer who claimed for it may still be faster.
 */
export type Candidate = Contact | { readonly pendingId: number } | 'unsettled';

/** Whether a draft matched a contact, matched none, must not be saved, or can only be matched after the next commit. */
export type Match =
  | { readonly kind: 'found'; readonly contact: Contact; readonly by?: Identity }
  | { readonly kind: 'pending'; readonly id: number; readonly by?: Identity }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'unsettled' }
  | { readonly kind: 'refused'; readonly code: 'UNKNOWN_ID' | 'EXTERNAL_ID_CONFLICT' }
  | { readonly kind: 'refused'; readonly code: 'EXTERNAL_ID_OWNED'; readonly ownerId: number };

export interface MatchSource {
  candidates(identity: Identity): readonly Candidate[];
  contact(id: number): Contact | undefined;
}

/**
 * Finds the contact that a draft means by contract 3.2 and 3.3: externalCustomerId first, then the dedupe values in
 * their order. Among several, live ones come before deleted ones and the most recently updated first; an owner that is
 * not created yet comes last.
 */
export const matchDraft = (source: MatchSource, draft: ContactDraft, rule: MatchRule): Match => {
  if (rule.dedupeOn === 'path') return matchByPath(source, draft);
  const externalId = draft.externalCustomerId;
  if (externalId !== undefined) {
    const by: Identity = { type: 'EXT', value: externalId };
    const owner = source.candidates(by)[0];
    if (owner === 'unsettled') return { kind: 'unsettled' };
    if (owner) return matched(owner, by);
  }
  if (rule.dedupeOn === 'id') return matchById(source, draft);
  for (const by of lookupsOf(draft, rule)) {
    const candidates = source.candidates(by);
    const isAlone = candidates.length === 1;
    const settled = candidates
      .filter((one) => one !== 'unsettled')
      .filter((one) => 'pendingId' in one || mayMean(draft, { contact: one, by, isAlone }, rule));
    const open = settled.filter((one) => 'pendingId' in one || isOpenTo(one, draft, rule));
    const best = preferred(open) ?? preferred(settled);
    if (best) return matched(best, by);
  }
  return { kind: 'nobody' };
};

/**
 * Whether a contact may be meant by a draft with another identity than its externalCustomerId (contract 3.3). A form does
 * not mean somebody with an address by a phone: anybody may have typed it.
 */
const isOpenTo = (
  contact: Contact,
  { externalCustomerId, email, sms }: ContactDraft,
  { dedupeOn }: MatchRule,
): boolean =>
  dedupeOn === 'form'
    ? email !== undefined || sms === undefined || contact.email === undefined
    : externalCustomerId === undefined || contact.externalCustomerId === undefined;

/** A contact that has an identity of a draft, and whether it alone has it. */
export interface Acquaintance {
  readonly contact: Contact;
  readonly by: Identity;
  readonly isAlone: boolean;
}

/**
 * Whether a draft may mean a contact that has one of its identities. An order means any contact that has its phone or
 * address, whatever externalCustomerId that contact has: it is only linked, and nothing is written (contract 4.18).
 */
export const mayMean = (draft: ContactDraft, known: Acquaintance, rule: MatchRule): boolean => {
  const { contact, by, isAlone } = known;
  if (contact.state === 'deleted' && rule.guardsDeleted && !(by.type === 'EMAIL' && isAlone)) return false;
  if (by.type === 'SMS' && isSharedPhone(draft, contact, rule)) return false;
  return rule.dedupeOn === 'order' || isOpenTo(contact, draft, rule);
};

/**
 * Whether a phone number is taken for one that two people share: by the setting if both have an e-mail address and not
 * the same one; and if the draft would give its externalCustomerId to a contact that it knows by the phone alone.
 */
const isSharedPhone = (draft: ContactDraft, contact: Contact, { dedupeOn, phoneMatches }: MatchRule): boolean => {
  const isSameEmail = draft.email !== undefined && draft.email === contact.email;
  const emailDiffers = draft.email !== undefined && contact.email !== undefined && !isSameEmail;
  if (emailDiffers && phoneMatches === 'unlessEmailDiffers') return true;
  const takesOver = draft.externalCustomerId !== undefined && contact.externalCustomerId === undefined;
  switch (dedupeOn) {
    case 'email_then_sms':
    case 'any_channel':
      return takesOver && !isSameEmail;
    case 'email_or_sms':
      return takesOver && emailDiffers;
    default:
      // An import by phones says itself that a phone is one contact's (contract 3.3), and an order changes nobody.
      return false;
  }
};

const matchById = (source: MatchSource, { id, externalCustomerId }: ContactDraft): Match => {
  if (id === undefined) return { kind: 'nobody' };
  const contact = source.contact(id);
  if (!contact || contact.state === 'erased') return { kind: 'refused', code: 'UNKNOWN_ID' };
  const isAnothers = externalCustomerId !== undefined && contact.externalCustomerId !== undefined;
  return isAnothers ? { kind: 'refused', code: 'EXTERNAL_ID_CONFLICT' } : { kind: 'found', contact };
};

/**
 * The id alone says who is meant; an externalCustomerId is given to that contact unless another has it (contract 4.5).
 */
const matchByPath = (source: MatchSource, { id = 0, externalCustomerId: value }: ContactDraft): Match => {
  const contact = source.contact(id);
  if (contact?.state !== 'active') return { kind: 'refused', code: 'UNKNOWN_ID' };
  const [owner] = value === undefined ? [] : source.candidates({ type: 'EXT', value });
  if (owner === 'unsettled' || (owner && 'pendingId' in owner)) return { kind: 'unsettled' };
  return owner && owner.id !== id
    ? { kind: 'refused', code: 'EXTERNAL_ID_OWNED', ownerId: owner.id }
    : { kind: 'found', contact };
};

type Settled = Exclude<Candidate, 'unsettled'>;

const matched = (candidate: Settled, by: Identity): Match =>
  'pendingId' in candidate
    ? { kind: 'pending', id: candidate.pendingId, by }
    : { kind: 'found', contact: candidate, by };

const preferred = (candidates: readonly Settled[]): Settled | undefined =>
  candidates.reduce<Settled | undefined>(
    (best, one) => (best === undefined || isPreferred(one, best) ? one : best),
    undefined,
  );

const isPreferred = (one: Settled, other: Settled): boolean => {
  if ('pendingId' in one) return 'pendingId' in other && one.pendingId < other.pendingId;
  if ('pendingId' in other) return true;
  const live = Number(one.state === 'active') - Number(other.state === 'active');
  if (live !== 0) return live > 0;
  return one.updatedAt === other.updatedAt ? isCreatedLater(one, other) : one.updatedAt > other.updatedAt;
};

/** Creations of the current plan have no id yet and count down from -1: they come after every contact that has one. */
const isCreatedLater = (one: Contact, other: Contact): boolean => {
  if (one.id < 0 && other.id < 0) return one.id < other.id;
  return one.id < 0 || (other.id > 0 && one.id > other.id);
};
