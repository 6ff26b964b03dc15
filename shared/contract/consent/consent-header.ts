import type { ConsentState } from '#domain/contacts/consent.ts';
import { headerKey } from '../files/header-key.ts';
import { headerWords, wordsIn } from '../files/header-words.ts';

/** The channel that a column about consent is about; `any` where it does not say, `other` where it is none of ours. */
export type ConsentChannel = 'email' | 'sms' | 'any' | 'other';

/** What a column about consent asks: a state that has come or not, a `status` in words, or whether somebody agreed. */
export type ConsentQuestion = ConsentState | 'status' | 'confirmed';

/** What a column about consent is, by its header. */
export interface ConsentHeader {
  readonly channel: ConsentChannel;
  readonly question: ConsentQuestion;
  /** Whether it has the answer, the time of it, a reason that only those have who said no, or something else about it. */
  readonly facet: 'answer' | 'time' | 'reason' | 'aside';
}

/**
 * What a header asks of consent, in English, Ukrainian, Russian and a few neighbours' languages, by its words and not by a
 * list of programs; `undefined` where it does not look like consent at all.
 */
export const consentHeader = (header: string): ConsentHeader | undefined => {
  const key = headerKey(header);
  const question = questionOf(key);
  return question && { question, channel: channelOf(key, question), facet: facetOf(header, key, question) };
};

/** The first that fits counts: a no stands before a yes that is part of it, as in `unsubscribed`. */
const questions: readonly (readonly [ConsentQuestion, RegExp])[] = [
  ['unconfirmed', /^(?=.*(optin|confirm|subscri)).*pending/],
  ['bounced', /bounc|undeliver|invalidemail|emailinvalid|invalidaddress|rebot|баунс|недостав/],
  ['bounced', /^(is)?(invalid|dead)$/],
  ['bounced', /^clean(ed)?(time|campaign|at$|date|$)/],
  ['complained', /complain|spam|abuse|скарг|жалоб/],
  [
    'blacklisted',
    /blacklist|blocklist|blocked|suppress|banned|werbesperre|gesperrt|liste?(noire|negra)|чорн(ий|ому)спис|ч[её]рн(ый|ом)спис|заблок/,
  ],
  ['deleted', /^(is|was)?(deleted|archived|trashed)(at|on|date|time)?$|^видален|^удал[её]н/],
  ['unsubscribed', /unsub|opt(s|ed|ing)?out|no(bulk|mass|marketing)e?mail|e?maildisabled|^dn[cd]$/],
  ['unsubscribed', /do(es)?not(e?mail|call|contact|text|sms|send|allow|bulk|market|disturb|phone)/],
  ['unsubscribed', /відпис|отпис|відмов|отказ|не(писати|дзвонити|надсилати|турбувати|писать|звонить|отправлять)/],
  [
    'unsubscribed',
    /abgemeldet|abmeld|d[eé]sabonn|d[eé]sinscri|wypis|rezygnacj|dad[oa]debaja|^(fechade)?baja$|^opposition/,
  ],
  [
    'unsubscribed',
    /keine(werbung|e?mails?|newsletter)|n[eo](pas)?(contacte|envoye|enviar|contactar)|не(беспокоить|тревожить)/,
  ],
  ['unsubscribed', /^(is)?(removed|removal|stop|stopped|left|disabled|deactivated)(at|on|date|time|reason|status)?$/],
  ['unsubscribed', /^(is)?exclu(de|ded|sion)|account(is)?disabled|^noe?mails?$/],
  ['confirmed', /doubleopt|confirm|verified|підтвердж|подтвержд|^marketingcontactstatus$/],
  [
    'subscribed',
    /opt(s|ed|ing)?in(?!g)|subscri|consent|permission|newsletter|mailable|agree[ds]?to|gdpr|rgpd|dsgvo|einwilligung|abonn/,
  ],
  ['subscribed', /accepts?(e?mail|sms|market|promo|news|offers|ads)|allows?(e?mail|sms|market|contact)/],
  ['subscribed', /(e?mail|sms|direct)marketing|marketing(e?mails?|sms|allowed|accepted|agreed|agreement)|^marketing$/],
  [
    'subscribed',
    /e?mailok$|okto(e?mail|contact)|can(e?mail|contact|sms)|contactable|receives?(e?mail|news|promo|offers|sms)/,
  ],
  ['subscribed', /sende?mails?$|sendmarketing|^promotions?$|^accept(ed)?$|(e?mail|communication|contact)pref/],
  ['subscribed', /^(is)?(active|enabled|valid|e?mailvalid|valide?mail)$|e?mail(is)?valid$|^актив(ен|ний|на|ный)$/],
  ['subscribed', /werbungerlaubt|subskrypcj|suscri|acepta(publicidad|promo|market|bolet|newsletter)|bolet[ií]n/],
  ['subscribed', /(получать|отримувати)(новост|новин|рассылк|розсилк|письм|лист|реклам)|^реклама$/],
  ['subscribed', /canbe(e?mailed|contacted)|zgod[aęy]|підпис(?!ь)|згод|розсил|подпис(?!ь)|соглас|рассыл/],
];

/** Of what a status may be that says who is written to; other statuses are of orders, leads and marriages. */
const statusOf =
  headerWords(`email, mail, emails, marketing, sms, phone, contact, subscriber, subscribers, subscription,
  subscriptions, list, global, member, membership, user, profile, recipient, endpoint, newsletter, mailing, optin, opt, in,
  consent, permission, permissions, address, current, sub, listsub, status, statut, статус, стан, состояние, смс, підписки, підписника,
  kontakt, kontakts, kontaktu, contacto, contactos, nicht, abonnement, abonnements, abonnenten, inscription, suscripcion, suscripción,
  suscriptor, subskrypcji, subskrybenta, abonenta, anmelde, anmeldung, correo, courriel, de, du, des, del, la, le, abonne, abonné,
  контакту, пошти, елпошти, електронноїпошти, розсилки, згоди, подписки, подписчика, контакта, почты, элпочты,
  электроннойпочты, рассылки, согласия, імейл, имейл, адреси, адреса`);

/** Without another word, `state` is a part of a country. */
const statusWords = /status|statut|статус|^стан|^состояние|^estado|.state$/;

/** Of what else is a status, by its whole name. */
const statuses =
  /^(e?mail|sms|subscriber|subscription|contact|consent|optin)state$|deliverab|e?mailavailability|^opt(ed)?$|^estado(de|del)/;

const questionOf = (key: string): ConsentQuestion | undefined => {
  if (key.length > longestKey || innocent.test(key)) return undefined;
  const [found] = questions.find(([, pattern]) => pattern.test(key)) ?? [];
  const isOfConsent = found === undefined || found === 'subscribed';
  const isStatus =
    isOfConsent && statusWords.test(key) && (found !== undefined || wordsIn(key, statusOf) !== undefined);
  return isStatus || (isOfConsent && statuses.test(key)) ? 'status' : found;
};

const longestKey = 80;

/** Headers that only look as if they were about consent. */
const innocent =
  /^(description|prescription|.*htmle?mails|activesubscription|subscription(plan|type|name|id|price)$|marketing(source|campaign|channel))/;

const smsWords = /sms|smss|textm|texting|phone|mobile|cell|donotcall|donottext|смс|телефон|дзвон|звон/;
const emailWords = /e?mail|newsletter|пошт|почт|імейл|имейл|емейл|лист[иаівж]|письм|писем|писать|писати/;
const otherWords = /whatsapp|viber|telegram|push|directmail|postal|web(site)?consent|onsite|facebook|fax/;

const channelOf = (key: string, question: ConsentQuestion): ConsentChannel => {
  if (otherWords.test(key) && !/e?mail(?!ing)/.test(key.replace('directmail', ''))) return 'other';
  const [isSms, isEmail] = [smsWords.test(key), emailWords.test(key)];
  if (isSms !== isEmail) return isSms ? 'sms' : 'email';
  // What bounces is mail, and what is confirmed is an address.
  return question === 'bounced' || question === 'confirmed' ? 'email' : 'any';
};

const timeWords = /^(time|date|datetime|timestamp|at|on|since|when|дата|час|время|коли|когда|з|с)$/;
const reasonWords = /^(reason|reasons|mode|cause|причина|причини|причины)$/;
const asideWords =
  /^(ip|campaign|source|method|text|count|number|total|link|url|form|page|id|plan|type|price|by|level|other|note|notes|comment|comments|version|score|rate|track|tracking|channel|language|origin|referrer|proof|statement|джерело|источник|кількість|количество|кампанія|кампания|коментар|комментарий|форма|посилання|ссылка)$/;

/** By the words around the one that matters; some programs write them together in capitals. */
const facetOf = (header: string, key: string, question: ConsentQuestion): ConsentHeader['facet'] => {
  const words = header
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u);
  // A list of what somebody left, and a kind of bounce, are there only where it has happened.
  if (question === 'unsubscribed' && /ids$/.test(key)) return 'answer';
  if (question === 'bounced' && words.includes('type')) return 'reason';
  if (words.some((word) => asideWords.test(word))) return 'aside';
  if (words.some((word) => reasonWords.test(word)) || /reason$/.test(key)) return 'reason';
  const [first = '', last = ''] = [words[0], words.at(-1)];
  const isTime = timeWords.test(last) || timeWords.test(first) || /(date|time|timestamp)$/.test(key);
  return isTime ? 'time' : 'answer';
};
