import { type Identity, maxExternalIdLength } from '#domain/contacts/identity.ts';
import type { ContactEvent } from '#domain/events/event.ts';
import { type EventIdentifiers, identitiesNamedBy } from '#domain/events/event-subject.ts';
import { normaliseEmail } from './email.ts';
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

/** Whom the parameters of an event say that it is about; names count in any case. */
export const identifiersOf = (params: Params, { defaultCountry }: { readonly defaultCountry: string }) => {
  const given = textsIn(params);
  const contactId = given.contactId.find((text) => /^[1-9]\d{0,14}$/.test(text));
  const externalCustomerId = given.externalCustomerId.find((text) => text.length <= maxExternalIdLength);
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
export const derivedKey = (params: Params): string | undefined => {
  const given = textsIn(params);
  const email = firstOf(given.email, normaliseEmail) ?? given.email[0];
  const [key] = [given.contactId[0], given.externalCustomerId[0], email, given.phone[0], given.pushToken[0]].filter(
    (text) => text !== undefined,
  );
  return key;
};

/** The identities that an event names by its parameters and its key, if they belong to no contact. */
export const identitiesInEvent = (
  { params, keyValue }: Pick<ContactEvent, 'params' | 'keyValue'>,
  rule: { readonly defaultCountry: string },
): Identity[] => {
  const keyed = identifiersOf({ email: keyValue, phone: keyValue }, rule);
  return [...identitiesNamedBy(identifiersOf(params, rule)), ...identitiesNamedBy(keyed)];
};

/** The texts of each kind, those under its first name first. */
const textsIn = (params: Params): Record<Kind, string[]> => {
  const byName = Map.groupBy(Object.entries(params), ([name]) => name.toLowerCase());
  const textsOf = (kind: Kind) =>
    namesOf[kind].flatMap((name) => (byName.get(name) ?? []).flatMap(([, value]) => textOf(value)));
  return {
    contactId: textsOf('contactId'),
    externalCustomerId: textsOf('externalCustomerId'),
    email: textsOf('email'),
    phone: textsOf('phone'),
    pushToken: textsOf('pushToken'),
  };
};

const textOf = (value: unknown): string[] => {
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
