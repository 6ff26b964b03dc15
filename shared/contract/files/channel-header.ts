import { latinKey } from './header-key.ts';
import { headerWords, wordsIn } from './header-words.ts';

/** A column of e-mail addresses or phones; of several the one with the lower number comes first. */
export interface ChannelHeader {
  readonly name: 'email' | 'sms';
  readonly rank: number;
}

const kinds = `home, work, business, office, mobile, cell, main, primary, other, personal, private, direct, day, daytime,
  evening, car, secondary, alternate, alternative, alt, мобільний, мобільного, мобильный, мобильного, моб, робочий, робоча,
  рабочий, рабочая, домашній, домашний, контактний, контактный, інший, інша, другой, другая, основний, основной, додатковий,
  додаткова, дополнительный, дополнительная, прямий, прямой, особистий, особиста, личный, личная, частный, приватний,
  mobil, privat, geschaftlich, dienstlich, arbeit, festnetz, portable, domicile, fixe, bureau, travail, professionnel, movil,
  celular, trabajo, casa, particular, fijo, komorkowy, służbowy, domowy, stacjonarny`;
const owners = `default, address, addresses, billing, shipping, contact, customer, client, person, user, subscriber, sms, value,
  number, numbers, no, num, номер, nummer, numero, numer, rufnummer, adresse, de, du, clienta, cliente, kontakt, klienta, person, клієнта, клиента, 1, 2, 3, 4, 5, 6, 7, 8, 9`;
const phoneNouns = `telefon, telefonnummer, mobiltelefon, handynummer, mobilnummer, telefono, movil, celular, komorka, phone, phones, telephone, tel, mobile, cell, cellphone, handy, телефон, телефону, телефона, тел, мобільний,
  мобильный, моб`;
const emailNouns = `emailadresse, courriel, correo, correoelectronico, adresemail, email, emails, mail, пошта, почта, елпошта, элпочта, імейл, имейл, електроннапошта, электроннаяпочта`;

const phoneWords = headerWords(kinds, owners, phoneNouns);
const emailWords = headerWords(kinds, owners, emailNouns);
const { words: phones } = headerWords(phoneNouns);
const { words: emails } = headerWords(emailNouns);

/**
 * What a header of e-mail addresses or phones is, by the words in it: a mobile phone comes before the one at home and that
 * before the one at work, as it takes SMS. Faxes, pagers and the phones of assistants are none of a person.
 */
export const channelHeader = (header: string): ChannelHeader | undefined => {
  const key = latinKey(header);
  if (wordsIn(key, phoneWords)?.some((word) => phones.has(word))) return { name: 'sms', rank: rankOf(key, phoneRanks) };
  const isEmail = wordsIn(key, emailWords)?.some((word) => emails.has(word));
  return isEmail ? { name: 'email', rank: rankOf(key, emailRanks) } : undefined;
};

/** Where the label beside a phone, as of Google Contacts, puts it among the others. */
export const rankOfLabel = (label: string): number => rankOf(latinKey(label), phoneRanks);

/** The first that fits counts; what fits none comes between a mobile phone and one at home. */
type Ranks = readonly (readonly [rank: number, words: RegExp])[];

const phoneRanks: Ranks = [
  [1, /mobil|cell|handy|portable|movil|komork|мобіль|мобиль|^моб|iphone/],
  [7, /secondary|alt|other|інш|друг|додатк|дополн|car|evening/],
  [5, /work|business|office|geschaft|dienst|arbeit|bureau|travail|profess|trabajo|służb|робоч|рабоч|day|direct|прям/],
  [3, /home|personal|privat|domicile|casa|particular|domow|домашн|особист|личн|частн/],
  [0, /sms/],
  [6, /[2-9]/],
  [4, /address|billing|shipping/],
];

const emailRanks: Ranks = [
  [7, /secondary|alt|other|інш|друг|додатк|дополн/],
  [6, /[2-9]/],
];

const plainRank = 2;

const rankOf = (key: string, ranks: Ranks): number => ranks.find(([, words]) => words.test(key))?.[0] ?? plainRank;
