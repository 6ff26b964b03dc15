import { type ConsentState, consentStates, stricter } from '#domain/contacts/consent.ts';
import { isNoValue } from '#identity/junk.ts';
import { headerKey } from '../files/header-key.ts';

/**
 * What a cell of a column about consent says: a state, an answer to the question that the column asks, or the channels that
 * somebody agreed to. `nothing` is an empty cell and whatever stands for one.
 */
export type ConsentWord = ConsentState | 'yes' | 'no' | 'nothing' | 'byEmail' | 'bySms' | 'byOthers';

/** What callers may say of their own words (`consentWords`). */
export const explainedWords = [...consentStates, 'yes', 'no', 'nothing'] as const satisfies readonly ConsentWord[];

export type ExplainedWord = (typeof explainedWords)[number];

/** Words in English, Ukrainian, Russian and, where they are short, the neighbours' languages; compared by letters and digits. */
const vocabulary: Readonly<Record<Exclude<ConsentWord, 'nothing'>, string>> = {
  yes: `yes, y, true, t, on, x, checked, ja, oui, si, sí, tak, так, т, да, д, є, есть, вкл, увімкнено, включено`,
  no: `no, n, false, f, off, unchecked, nein, non, nie, ні, н, нет, немає, нема, вимк, выкл, вимкнено, выключено`,
  subscribed: `subscribed, subscribe, active, enabled, opted in, opt in, opt-in, granted, allow, allowed, accepted, accepts,
    agree, agreed, consented, consent, given, express, explicit, implicit, implied, confirmed, verified, valid, deliverable,
    available, send, aktiv, bestätigt, marketingkontakt, contact marketing, contacto de marketing, inscrit, inscrite, abonnée, confirmé,
    confirmée, confirmado, confirmada, potwierdzony, potwierdzona, aktywna, zapisana, angemeldet, abonniert, activo, activa, suscrito, suscrita, actif, abonné, aktywny, zapisany,
    regular, single opt-in, double opt-in, marketing contact, підписаний, підписана, підписано, підписався, підписалася,
    підписалась, активний, активна, активно, згоден, згодна, згода, є згода, надано, дозволено, підтверджений, підтверджена,
    підтверджено, подписан, подписана, подписано, подписался, подписалась, активен, активный, активна, активно, согласен,
    согласна, согласие, есть согласие, разрешено, подтвержден, подтверждена, подтверждено, подтвержденный`,
  unconfirmed: `unconfirmed, not confirmed, pending, pending confirmation, awaiting, awaiting confirmation, waiting,
    waiting for confirmation, double_opt_in_pending, unbestätigt, nicht bestätigt, ausstehend, non confirmé, non confirmée,
    en attente, no confirmado, no confirmada, pendiente, niepotwierdzony, niepotwierdzona, oczekujący, unverified, not verified, unknown, непідтверджений, не підтверджений, непідтверджена,
    не підтверджена, непідтверджено, не підтверджено, очікує, очікує підтвердження, неподтвержден, не подтвержден,
    неподтверждена, не подтверждена, неподтвержденный, не подтвержденный, не подтверждено, ожидает, ожидает подтверждения,
    невідомо, неизвестно`,
  noConsent: `no consent, never subscribed, never_subscribed, not subscribed, not_subscribed, nonsubscribed, non-subscribed,
    not set, transactional, non-marketing contact, nicht-marketingkontakt, contact non marketing, contacto no de marketing,
    nicht abonniert, non abonné, non inscrit, no suscrito, no suscrita, niezapisany, without consent, без згоди, немає згоди, без согласия, нет согласия`,
  deleted: `deleted, gelöscht, archiviert, supprimé, supprimée, archivé, eliminado, eliminada, archivado, usunięty, usunięta, archived, redacted, forgotten, erased, trash, видалений, видалена, видалено, в архіві, архів, удален,
    удалена, удалено, удалён, удалённый, удаленный, в архиве, архив`,
  unsubscribed: `unsubscribed, unsubscribe, unsub, opted out, opt out, opt-out, opt_out, opted_out, all, cancelled, canceled,
    removed, declined, denied, revoked, withdrawn, refused, rejected, do not contact, do not email, do not mail, do not call,
    do not send, donotmail, do not allow, baja, dado de baja, dada de baja, cancelado, cancelada, désinscrit, désinscrite, desabonado, cancelada la suscripción, abbestellt, widerrufen,
    désabonnée, inaktiv, inactivo, inactif, nieaktywny, wypisana, rezygnacja, not allowed, disallow, dnd, dnc, disabled, inactive, deactivated, stop, stopped, abgemeldet,
    désabonné, wypisany, відписаний, відписана, відписано, відписався, відписалася, відписалась, відписка, не підписаний,
    не підписана, не підписано, відмова, відмовився, відмовилася, відмовилась, неактивний, неактивна, заборонено, скасовано,
    не згоден, не згодна, отписан, отписана, отписано, отписался, отписалась, отписка, не подписан, не подписана,
    не подписано, отказ, отказался, отказалась, неактивен, неактивный, неактивна, запрещено, не согласен, не согласна`,
  complained: `complained, скарга на спам, жалоба на спам, spam-beschwerde, signalé comme spam, marcado como spam, queja, plainte, beschwerde, complaint, spam, spam complaint, spam report, spam reported, abuse, abuse complaint, junk,
    reported as spam, marked as spam, скарга, скаржився, скаржилась, поскаржився, поскаржилась, спам, жалоба, пожаловался,
    пожаловалась`,
  bounced: `bounced, unzustellbar, zurückgewiesen, rejeté, rejetée, non délivré, devuelto, odrzucony, niedostarczony, bounce, hard bounce, hard bounced, hardbounce, soft bounce, soft bounced, hard, soft, cleaned, invalid,
    invalid email, undeliverable, undelivered, unreachable, rebotado, rebotada, bounces, confirmed bounces, mail bounced, not deliverable, dropped, недоставлено, не доставлено, недійсний,
    недійсна, недоступний, недоступна, повернення, недействителен, недействительный, недоступен, недоступна, недоступный,
    возврат, не существует, не існує`,
  blacklisted: `blacklisted, gesperrt, blockiert, bloqué, bloquée, sur liste noire, bloqueado, bloqueada, zablokowany, zablokowana, blacklist, blocklisted, blocklist, blocked, block, banned, suppressed, user suppressed,
    заблокований, заблокована, заблоковано, чорний список, у чорному списку, в чорному списку, заблокирован, заблокирована,
    заблокировано, черный список, чёрный список, в черном списке, в чёрном списке`,
  byEmail: 'email, e-mail',
  bySms: 'sms, mobile phone',
  byOthers: 'web, mobile, direct mail, whatsapp, push',
};

const words: ReadonlyMap<string, ConsentWord> = new Map(
  (Object.entries(vocabulary) as [ConsentWord, string][]).flatMap(([word, texts]) =>
    texts.split(',').map((text) => [headerKey(text), word] as const),
  ),
);

/** Answers that have no letters. */
const marks: Readonly<Record<string, ConsentWord>> = {
  '+': 'yes',
  '✓': 'yes',
  '✔': 'yes',
  '☑': 'yes',
  '✗': 'no',
  '✘': 'no',
};

/** The code with which a mail server sends a message back (RFC 3463). */
const bounceCode = /^[45]\.\d{1,3}\.\d{1,3}$/;

/** What a cell says, in these words and in the caller's; `undefined` where it is not understood. */
export const consentWord = (cell: string, explained: ReadonlyMap<string, ExplainedWord>): ConsentWord | undefined => {
  const text = cell.trim();
  const single = singleWord(text, explained);
  if (single !== undefined) return single;
  const parts = text.split(/[,;|[\]"']+/).map((part) => part.trim());
  const filled = parts.filter((part) => part !== '');
  if (filled.length === 0) return 'nothing';
  if (filled.length > maxParts || parts.length === 1) return undefined;
  return combined(filled.map((part) => singleWord(part, explained)));
};

/** As many words as one cell may list. */
const maxParts = 20;

const singleWord = (text: string, explained: ReadonlyMap<string, ExplainedWord>): ConsentWord | undefined => {
  const key = headerKey(text);
  const said = explained.get(key) ?? words.get(key) ?? marks[text];
  if (isNumber.test(text)) return explained.get(key) ?? numberWord(text);
  if (said !== undefined) return said;
  if (bounceCode.test(text)) return 'bounced';
  return key === '' || isNoValue(text) || key === 'na' || key === 'nil' ? 'nothing' : undefined;
};

const isNumber = /^[+-]?\d+([.,]\d+)?$/;

const numberWord = (text: string): ConsentWord | undefined => {
  if (/^1([.,]0+)?$/.test(text)) return 'yes';
  return /^0([.,]0+)?$/.test(text) ? 'no' : undefined;
};

/** Of several states the strictest; of channels those that are named. */
const combined = (found: readonly (ConsentWord | undefined)[]): ConsentWord | undefined => {
  const said = found.filter((one) => one !== undefined && one !== 'nothing');
  if (found.includes(undefined)) return undefined;
  const states = said.filter((one): one is ConsentState => consentStates.some((state) => state === one));
  if (states.length === said.length && states.length > 0) return states.reduce(stricter);
  const channels = said.filter((one) => one === 'byEmail' || one === 'bySms' || one === 'byOthers');
  if (channels.length < said.length) return undefined;
  if (channels.includes('byEmail') && channels.includes('bySms')) return 'yes';
  return channels.find((one) => one !== 'byOthers') ?? channels[0] ?? 'nothing';
};

/** States that nobody writes into a column that is about anything else. */
const telling: readonly string[] =
  `unsubscribed, unsubscribe, user suppressed, spam complaint, spam report, marked as spam, invalid email, opted out, opt-out, opted_out, do not contact, do not email, blacklisted,
  blocklisted, bounced, donotmail, baja, dado de baja, dada de baja, rebotado, queja, désabonné, désinscrit, abgemeldet, wypisany,
  hard bounced, hard bounce, spam complaint, відписаний, відписана, відписано, відписався, відписалася,
  відписалась, отписан, отписана, отписано, отписался, отписалась`
    .split(',')
    .map(headerKey);

/** Whether a cell can only be about consent, whatever its column is called. */
export const isTelling = (cell: string): boolean => cell.length <= 30 && telling.includes(headerKey(cell));
