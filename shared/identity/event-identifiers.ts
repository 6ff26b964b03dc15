import { type Identity, maxExternalIdLength } from '#domain/contacts/identity.ts';
import type { ContactEvent } from '#domain/events/event.ts';
import { type EventIdentifiers, identitiesNamedBy } from '#domain/events/event-subject.ts';
import { normaliseEmail } from './email.ts';
import { bareExternalId } from './external-id.ts';
import { isJunk, type JunkRule } from './junk.ts';
import { normalisePhone } from './phone.ts';

type Params = Readonly<Record<string, unknown>>;

/** The parameters that say whom an event is about, in lower case, the kind that counts first first (contract 4.16). */
const namesOf = {
  contactId: ['contactid', 'contact_id'],
  externalCustomerId: ['externalcustomerid'],
  email: ['email', 'emailaddress', 'useremail', 'contactemail'],
  phone: ['phone', 'sms', 'phonenumber'],
  pushToken: ['pushtoken', 'mobpushtoken', 'telegrambottoken'],
} as const;

type Kind = keyof typeof namesOf;

/** How those are read whom events are about. */
export interface EventIdentityRule {
  /** ISO 3166-1 alpha-2; national phone numbers are read in it. */
  readonly defaultCountry: string;
  /** What stands for no identity in this stage. */
  readonly junk?: JunkRule;
}

/** Whom the parameters of an event say that it is about; names count in any case. */
export const identifiersOf = (params: Params, { defaultCountry, junk }: EventIdentityRule) => {
  const given = textsIn(params, junk);
  const contactId = given.contactId.find((text) => /^[1-9]\d{0,14}$/.test(text));
  const ids = given.externalCustomerId.map(bareExternalId);
  const externalCustomerId = ids.find((text) => text !== '' && text.length <= maxExternalIdLength);
  const email = firstOf(given.email, normaliseEmail);
  const sms = firstOf(given.phone, (text) => normalisePhone(text, defaultCountry));
  const pushToken = given.pushToken.find((text) => /^[\x20-\x7E]{1,1000}$/.test(text));
  return {
    ...(contactId !== undefined && { contactId: Number(contactId) }),
    ...(externalCustomerId !== undefined && { externalCustomerId }),
    ...(email !== undefined && { email }),
    ...(sms !== undefined && { sms }),
    ...(pushToken !== undefined && { pushToken }),
  } satisfies EventIdentifiers;
};

/** The key of an event that was sent without one: the first parameter that says whom it is about (contract 4.16). */
export const derivedKey = (params: Params, junk?: JunkRule): string | undefined => {
  const given = textsIn(params, junk);
  const email = firstOf(given.email, normaliseEmail) ?? given.email[0];
  const [key] = [given.contactId[0], given.externalCustomerId[0], email, given.phone[0], given.pushToken[0]].filter(
    (text) => text !== undefined,
  );
  return key;
};

/** The identities that an event names by its parameters and its key, if they belong to no contact. */
export const identitiesInEvent = (
  { params, keyValue }: Pick<ContactEvent, 'params' | 'keyValue'>,
  rule: EventIdentityRule,
): Identity[] => {
  const keyed = identifiersOf({ email: keyValue, phone: keyValue }, rule);
  return [...identitiesNamedBy(identifiersOf(params, rule)), ...identitiesNamedBy(keyed)];
};

/** The parameters that should say whom an event is about, and only stand for nobody. */
export const junkParams = (params: Params, junk?: JunkRule): { readonly name: string; readonly value: string }[] => {
  const names = new Set<string>(Object.values(namesOf).flat());
  return Object.entries(params).flatMap(([name, value]) =>
    names.has(name.toLowerCase()) && allTextOf(value).some((text) => isJunk(text, junk))
      ? [{ name, value: String(value) }]
      : [],
  );
};

/** The texts of each kind, those under its first name first, without what stands for nobody. */
const textsIn = (params: Params, junk: JunkRule | undefined): Record<Kind, string[]> => {
  const byName = Map.groupBy(Object.entries(params), ([name]) => name.toLowerCase());
  const textsOf = (kind: Kind) =>
    namesOf[kind]
      .flatMap((name) => (byName.get(name) ?? []).flatMap(([, value]) => allTextOf(value)))
      .filter((text) => !isJunk(text, junk));
  return {
    contactId: textsOf('contactId'),
    externalCustomerId: textsOf('externalCustomerId'),
    email: textsOf('email'),
    phone: textsOf('phone'),
    pushToken: textsOf('pushToken'),
  };
};

const allTextOf = (value: unknown): string[] => {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  return text === '' ? [] : [text];
};

const firstOf = (texts: readonly string[], read: (text: string) => string | undefined): string | undefined => {
  for (const text of texts) {
    const value = read(text);
    if (value !== undefined) return value;
  }
  return undefined;
};
