import type { MaskMember } from '../imports/import-session.ts';
import type {
  Address,
  AddressPart,
  ContactContent,
  ContactDraft,
  ContactOrigin,
  CustomFieldValue,
  Token,
} from './contact.ts';

/** Which members an update may touch (contract 3.5 and 4.2). */
export interface MergeRule {
  /** `contactFields`: only these are written, and those not supplied are cleared. Absent: a plain merge. */
  readonly mask?: readonly MaskMember[];
  /** `customFieldsIDs`: only these are written on update, and those not supplied are cleared. Absent: as supplied. */
  readonly customFieldIds?: readonly number[];
  /** Whether a new e-mail address counts as confirmed. */
  readonly confirmed: boolean;
}

const texts = ['firstName', 'lastName', 'contactKey', 'languageCode', 'timeZone'] as const;
const addressParts = ['region', 'town', 'address', 'postcode', 'countryCode'] as const;

/** The content of a contact that is created from a draft: everything it supplies. */
export const createdContent = (draft: ContactDraft, { confirmed }: MergeRule): ContactContent =>
  mergeContent({ confirmed: confirmed && draft.confirmed !== false }, draft, { confirmed });

/** The content of a contact after a draft was merged into it. */
export const mergeContent = (content: ContactContent, draft: ContactDraft, rule: MergeRule): ContactContent => {
  const change = maskedDraft(draft, rule.mask);
  const email = change.email === undefined ? content.email : (change.email ?? undefined);
  const isNewEmail = email !== undefined && email !== content.email;
  return compact({
    externalCustomerId: picked(content.externalCustomerId, change.externalCustomerId),
    email,
    sms: picked(content.sms, change.sms),
    ...Object.fromEntries(texts.map((name) => [name, picked(content[name], change[name])])),
    tokens: mergeTokens(content.tokens ?? [], change),
    address: mergeAddress(content.address ?? {}, change.address ?? {}),
    fields: mergeFields(content.fields ?? [], draft, rule.customFieldIds),
    ordersInfo: picked(content.ordersInfo, change.ordersInfo),
    origin: earlier(content.origin, change.origin),
    ...confirmationOf(content, draft, { isNewEmail, confirmed: rule.confirmed }),
  });
};

/**
 * Whether the address is confirmed: a new one as those of its kind are. Anyone who says that it is not is believed, unless its
 * owner has confirmed it here.
 */
const confirmationOf = (
  { confirmed, confirmedAt }: ContactContent,
  draft: ContactDraft,
  rule: { readonly isNewEmail: boolean; readonly confirmed: boolean },
): Pick<ContactContent, 'confirmed' | 'confirmedAt'> => {
  const isDenied = draft.confirmed === false;
  if (rule.isNewEmail) return { confirmed: rule.confirmed && !isDenied };
  if (confirmedAt !== undefined) return { confirmed, confirmedAt };
  return { confirmed: confirmed && !isDenied };
};

/** Whether two contents say the same, so that nothing needs to be written. */
export const isSameContent = (one: ContactContent, other: ContactContent): boolean =>
  canonical(one) === canonical(other);

/** The content of a contact or of anything that carries more, with its members in one order. */
export const contentOf = (from: ContactContent): ContactContent =>
  mergeContent(from, {}, { confirmed: from.confirmed });

type Change = {
  readonly [K in keyof ContactDraft]?: ContactDraft[K] | null;
} & { readonly clearedTokenTypes: readonly string[] };

/**
 * What the mask makes of a draft: members it does not list are left out, those it lists without a value are cleared.
 */
const maskedDraft = (draft: ContactDraft, mask: readonly MaskMember[] | undefined): Change => {
  if (!mask) return { ...draft, clearedTokenTypes: [] };
  const untouched = new Set<string | number>(draft.untouched);
  const listed = new Set(mask.filter((name) => !untouched.has(name)));
  const simple = ['email', 'sms', 'ordersInfo', ...texts] as const;
  const members = simple.filter((name) => listed.has(name)).map((name) => [name, draft[name] ?? null]);
  const parts = (['region', 'town', 'postcode'] as const).filter((part) => listed.has(part));
  const street = (['address', 'countryCode'] as const).filter(
    (part) => mask.includes('address') && !untouched.has(part),
  );
  return {
    ...Object.fromEntries(members),
    // An externalCustomerId that the row carries is set by rule 2 of contract 3.3, whatever the mask says.
    ...(draft.externalCustomerId !== undefined && { externalCustomerId: draft.externalCustomerId }),
    ...(draft.externalCustomerId === undefined && listed.has('externalCustomerId') && { externalCustomerId: null }),
    address: Object.fromEntries([...parts, ...street].map((part) => [part, draft.address?.[part] ?? null])),
    tokens: (draft.tokens ?? []).filter(({ type }) => listed.has(type as MaskMember)),
    clearedTokenTypes: ['mobilepush', 'webpush'].filter((type) => listed.has(type as MaskMember)),
  };
};

const picked = <T>(current: T | undefined, change: T | null | undefined): T | undefined =>
  change === undefined ? current : (change ?? undefined);

/** Of two histories the longer one: each of the times is the earlier of both. */
const earlier = (current: ContactOrigin = {}, change?: ContactOrigin | null): ContactOrigin | undefined => {
  const times = (['createdAt', 'subscribedAt'] as const).flatMap((name) => {
    const [first] = [current[name], change?.[name]].filter((time) => time !== undefined).sort();
    return first === undefined ? [] : [[name, first] as const];
  });
  return times.length > 0 ? Object.fromEntries(times) : undefined;
};

/** Tokens are added; a type that the mask lists is replaced by what is supplied. */
const mergeTokens = (current: readonly Token[], { tokens, clearedTokenTypes }: Change): Token[] | undefined => {
  const kept = current.filter(({ type }) => !clearedTokenTypes.includes(type));
  const merged = new Map(kept.map((token) => [tokenKey(token), token]));
  for (const token of tokens ?? []) merged.set(tokenKey(token), token);
  return merged.size > 0 ? [...merged.values()] : undefined;
};

const tokenKey = ({ type, value }: Token): string => `${type}#${value}`;

const mergeAddress = (
  current: Address,
  change: { readonly [K in AddressPart]?: string | null },
): Address | undefined => {
  const merged = addressParts.map((part) => [part, picked(current[part], change[part])]);
  const set = merged.filter(([, value]) => value !== undefined);
  return set.length > 0 ? Object.fromEntries(set) : undefined;
};

const mergeFields = (
  current: readonly CustomFieldValue[],
  { fields: change = [], untouched }: ContactDraft,
  writableIds: readonly number[] | undefined,
): CustomFieldValue[] | undefined => {
  const merged = new Map(current.map(({ id, value }) => [id, value]));
  for (const id of writableIds ?? []) if (!untouched?.includes(id)) merged.delete(id);
  for (const { id, value } of change) {
    if (writableIds && !writableIds.includes(id)) continue;
    if (value === '') merged.delete(id);
    else merged.set(id, value);
  }
  const values = [...merged].sort(([a], [b]) => a - b).map(([id, value]) => ({ id, value }));
  return values.length > 0 ? values : undefined;
};

const compact = (content: { [K in keyof ContactContent]: ContactContent[K] | undefined }): ContactContent =>
  Object.fromEntries(Object.entries(content).filter(([, value]) => value !== undefined)) as unknown as ContactContent;

/** JSON with tokens and the members of every object in one order, so that equal contents are equal strings. */
const canonical = (content: ContactContent): string =>
  JSON.stringify(inTokenOrder(contentOf(content)), (_key, value: unknown) =>
    isPlainObject(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value,
  );

const inTokenOrder = ({ tokens, ...content }: ContactContent): ContactContent =>
  tokens
    ? { ...content, tokens: tokens.toSorted((one, other) => (tokenKey(one) < tokenKey(other) ? -1 : 1)) }
    : content;

const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
