import { type ContactColumnName, contactColumnNames } from './contact-columns.ts';

/** What a header may say for a column, beside the column's own name, in the languages of the vendor's callers. */
const synonyms: Readonly<Partial<Record<ContactColumnName, string>>> = {
  id: 'contact id',
  externalCustomerId: `external id, external customer, customer id, client id, id клиента, id клієнта, ід клієнта,
    код клиента, код клієнта, внешний id, зовнішній id`,
  email: `mail, email address, e-mail address, email 1, email 1 value, пошта, почта, ел. пошта, ел. адреса, ел. почта,
    електронна пошта, електронна адреса, адреса електронної пошти, имейл, імейл, емейл, емайл, мейл, эл. почта, эл. адрес,
    электронная почта, электронный адрес, адрес электронной почты, email адрес, email адреса`,
  sms: `phone, phone number, phone 1, phone 1 value, tel, telephone, telephone number, mobile, mobile phone, mobile number,
    mobile phone number, sms phone number, cell, cell phone, cellphone, msisdn, контактний телефон, контактный телефон,
    телефон, тел, номер телефону, номер телефона, мобільний, мобільний телефон, мобільний номер, мобильный,
    мобильный телефон, мобильный номер, моб, моб. телефон, моб. тел`,
  firstName: "first name, fname, given name, forename, ім'я, імя, имя",
  lastName: 'last name, lname, family name, surname, прізвище, фамилия',
  region: 'state, province, county, область, регіон, регион, край',
  town: 'city, місто, город, населений пункт, населенный пункт',
  address: 'address 1, address line 1, street, street address, адреса, адрес, вулиця, улица',
  postcode: `zip, zip code, postal code, post code, postal, індекс, индекс, поштовий індекс, почтовый индекс, поштовий код,
    почтовый код`,
  countryCode: 'код країни, код страны',
  languageCode: 'language, lang, locale, мова, код мови, язык, код языка',
  timeZone: 'часовий пояс, часовой пояс',
};

/** Custom fields that always exist (contract 2.6), by their keys. */
const personalSynonyms: Readonly<Record<string, string>> = {
  'PERSONAL.BIRTHDAY': `birthday, creation date, date of creation, dob, день народження, дата народження, день рождения,
    дата рождения`,
  'PERSONAL.GENDER': 'gender, sex, стать, пол',
};

/** What may stand before a name without changing what it means, e.g. in `billing_city`. */
const prefixes =
  /^(billing|defaultaddress|customer|client|contact|user|primary|клиента?|клієнта?|покупця|покупателя)(?=.)/;

/** A header as it is compared: small letters and digits only. */
export const headerKey = (header: string): string =>
  header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** What a header in any of these languages means: the name of a column, or the key of a custom field that always exists. */
export const knownHeader = (header: string): KnownHeader | undefined => {
  const key = headerKey(header);
  const sure = byKey.get(key);
  if (sure !== undefined) return { name: sure, isSure: true };
  const bare = key.replace(prefixes, '');
  const guessed = bare === 'name' ? 'firstName' : byKey.get(bare);
  return guessed === undefined || bare === 'id' ? undefined : { name: guessed, isSure: false };
};

/** A meaning that another column may have, too: then the surer one has it. */
export interface KnownHeader {
  readonly name: string;
  readonly isSure: boolean;
}

const byKey: ReadonlyMap<string, string> = new Map([
  ...contactColumnNames.map((name) => [headerKey(name), name] as const),
  ...Object.entries({ ...synonyms, ...personalSynonyms }).flatMap(([name, texts]) =>
    texts.split(',').map((text) => [headerKey(text), name] as const),
  ),
]);
