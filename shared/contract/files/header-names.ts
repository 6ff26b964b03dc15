import { type ContactColumnName, contactColumnNames } from './contact-columns.ts';
import { latinKey } from './header-key.ts';

/** Columns of a file that are no member of a contact by themselves, but say something of it. */
export const extraColumnNames = ['fullName', 'addressLine2', 'tags', 'createdAt', 'subscribedAt'] as const;

export type ExtraColumnName = (typeof extraColumnNames)[number];

/** What a header may say for a column, beside the column's own name, in the languages of the vendor's callers. */
const synonyms: Readonly<Partial<Record<ContactColumnName | ExtraColumnName, string>>> = {
  id: 'contact id',
  externalCustomerId: `external id, external customer, customer id, client id, ext id, external_id, id клиента, id клієнта,
    ід клієнта, код клиента, код клієнта, внешний id, зовнішній id`,
  email: `mail, email address, e-mail address, email 1, email 1 value, пошта, почта, ел. пошта, ел. адреса, ел. почта,
    e-mail-adresse, adres e-mail, adres email, adresse e-mail, courriel, adresse courriel, correo, correo electrónico,
    dirección de correo electrónico, dirección de email, електронна пошта, електронна адреса, адреса електронної пошти, имейл, імейл, емейл, емайл, мейл, эл. почта, эл. адрес,
    электронная почта, электронный адрес, адрес электронной почты, email адрес, email адреса`,
  sms: `sms phone number, sms number, msisdn`,
  firstName: `first name, first, fname, given name, forename, user attributes first name, ім'я, імя, имя, vorname, prénom,
    nombre, imię`,
  lastName: `last name, last, lname, family name, surname, user attributes last name, прізвище, фамилия, nachname,
    familienname, nom, nom de famille, apellido, apellidos, nazwisko`,
  fullName: `full name, fullname, display name, contact name, customer name, client name, subscriber name, file as, піб, фіо,
    фио, піб клієнта, піб покупця, піб отримувача, фио клиента, фио покупателя, фио получателя, повне імя, полное имя,
    імя та прізвище, имя и фамилия, имя фамилия, імя прізвище, прізвище та імя, прізвище імя, прізвище імя по батькові,
    прізвище імя та по батькові, vollständiger name, vor- und nachname, nom complet, nom et prénom, nombre completo,
    nombre y apellidos, imię i nazwisko, фамилия и имя, фамилия имя, фамилия имя отчество, last name first name, name and surname`,
  region: `state, province, province code, state code, county, state province, state or province, state region,
    state province region, bundesland, provincia, województwo, область, регіон, регион, край`,
  town: 'city, місто, город, населений пункт, населенный пункт, stadt, ort, wohnort, ville, ciudad, localidad, miasto',
  address: `address 1, address line 1, street, street 1, street address, адреса, адрес, вулиця, улица,
    straße, strasse, rue, adresse, dirección, calle, adres, ulica`,
  addressLine2: 'address 2, address line 2, street 2, apartment, apt, suite, extended address, квартира',
  postcode: `zip, zip code, postal code, post code, postal, zip postal code, індекс, индекс, поштовий індекс,
    почтовый индекс, поштовий код, почтовый код, plz, postleitzahl, code postal, código postal, kod pocztowy`,
  countryCode: `country, country code, country region, country name, код країни, код страны, країна, страна, держава,
    land, land region, pays, país, kraj`,
  languageCode: `language, lang, locale, preferred language, preferred locale, preferred_locale, demographic locale, sprache, langue, idioma, język, мова,
    код мови, язык, код языка`,
  timeZone: 'timezone, demographic timezone, часовий пояс, часовой пояс',
  tags: `tag, tags, tag names, labels, label, groups, group, group names, group membership, group memberships, contact groups,
    subscriber groups, interest groups, lists, list, list name, list names, list membership, list memberships, email lists,
    contact lists, static lists, mailing lists, mailing list, segments, segment, segment names, categories, мітки, теги, тег, групи,
    группы, метки, списки, сегменти, сегменты`,
  createdAt: `origin created at, created, created at, created on, create date, created date, created time, creation date, creation time,
    date of creation, date created, date added, added time, added at, added on, add date, profile created on, date identified,
    registered, registered at, registration date, sign up, sign up date, sign up time, signup time, registrierungsdatum, erstellt am, erstelldatum,
    date de création, fecha de creación, data utworzenia, data rejestracji, signup date, signed up at, customer since,
    person created, contact created, дата створення, дата создания, дата реєстрації, дата регистрации, дата додавання,
    дата добавления, створено, создан, создано`,
  subscribedAt: `origin subscribed at, member since, date joined, joined, joined at, join date, anmeldedatum, date d'inscription, fecha de alta, fecha de suscripción, data zapisu`,
};

/** Custom fields that always exist (contract 2.6), by their keys. */
const personalSynonyms: Readonly<Record<string, string>> = {
  'PERSONAL.BIRTHDAY': `birthday, birthdate, birth date, date of birth, dob, bday, день народження, дата народження,
    день рождения, дата рождения, др, д.р., д.н., geburtstag, geburtsdatum, anniversaire, date de naissance, cumpleaños,
    fecha de nacimiento, urodziny, data urodzenia`,
  'PERSONAL.GENDER': 'gender, sex, стать, пол, geschlecht, sexe, sexo, género, płeć',
};

/** What may stand before a name without changing what it means, e.g. in `billing_city`. */
const prefixes =
  /^(billing|customer|client|contact|user|person|subscriber|primary|клиента?|клієнта?|покупця|покупателя)(?=.)/;

/** Which of several addresses of a person a column belongs to: the first that has anything is read. */
const blocks =
  /^(home|personal|mailing|billing|defaultaddress|default|shipping|delivery|work|business|office|other|postal|location|address[1-9]?(?=\p{L}))(?=.)/u;

/** What stands behind the part of an address in German and French. */
const endedBlocks = /^(.+)(privat|geschaftlich|dienstlich|domicile|bureau)$/;

const blockOrder = [
  'home',
  'personal',
  '',
  'address1',
  'mailing',
  'billing',
  'defaultaddress',
  'default',
  'postal',
  'location',
  'shipping',
  'delivery',
  'work',
  'business',
  'office',
];

/** The parts of an address, each of which several columns may have. */
export const addressColumnNames: readonly string[] = [
  'region',
  'town',
  'address',
  'addressLine2',
  'postcode',
  'countryCode',
];

/** What a header in any of these languages means: the name of a column, or the key of a custom field that always exists. */
export const knownHeader = (header: string): KnownHeader | undefined => {
  const key = latinKey(header);
  const sure = byKey.get(key);
  if (sure !== undefined) return { name: sure, isSure: true, ...(isOfAddress(sure) && { block: '' }) };
  const [block = ''] = blocks.exec(key) ?? [];
  const inBlock = block === '' ? undefined : byKey.get(key.slice(block.length));
  // An address without a kind is the one that has no other name, as the members of one in JSON have.
  if (isOfAddress(inBlock)) return { name: inBlock, isSure: false, block: block === 'address' ? '' : block };
  const [, part = '', place = ''] = endedBlocks.exec(key) ?? [];
  const behind = part === '' ? undefined : byKey.get(part);
  if (isOfAddress(behind))
    return { name: behind, isSure: false, block: /^(privat|domicile)/.test(place) ? 'home' : 'work' };
  const bare = key.replace(prefixes, '');
  if (bare === 'name') return key.startsWith('user') ? undefined : { name: 'fullName', isSure: false };
  const guessed = byKey.get(bare);
  if (guessed === undefined || bare === 'id') return undefined;
  return { name: guessed, isSure: false, ...(isOfAddress(guessed) && { block: key.slice(0, -bare.length) }) };
};

/** What may be one part of a name or the whole, by its key: the part only where the other part has a column, too. */
export const vagueNames: Readonly<Record<string, { readonly part: string; readonly other: string }>> = {
  nom: { part: 'lastName', other: 'firstName' },
  nombre: { part: 'firstName', other: 'lastName' },
};

/** A meaning that another column may have, too: then the surer one has it. */
export interface KnownHeader {
  readonly name: string;
  readonly isSure: boolean;
  /** The address that it is a part of. */
  readonly block?: string;
}

/** Of several addresses the one with the lower number comes first. */
export const rankOfBlock = (block: string): number => {
  const place = blockOrder.indexOf(block);
  return place < 0 ? blockOrder.length : place;
};

const isOfAddress = (name: string | undefined): name is string =>
  name !== undefined && addressColumnNames.includes(name);

const byKey: ReadonlyMap<string, string> = new Map([
  ...[...contactColumnNames, ...extraColumnNames].map((name) => [latinKey(name), name] as const),
  ...Object.entries({ ...synonyms, ...personalSynonyms }).flatMap(([name, texts]) =>
    texts.split(',').map((text) => [latinKey(text), name] as const),
  ),
]);
