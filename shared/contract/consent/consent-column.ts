import type { ConsentState } from '#domain/contacts/consent.ts';
import { type DateOrder, readDate } from '../files/date-text.ts';
import type { ConsentHeader } from './consent-header.ts';
import { type ConsentWord, consentWord, type ExplainedWord } from './consent-words.ts';

/** A column about consent, where it is in the file, and in which order its dates are. */
export interface ConsentColumn extends ConsentHeader {
  readonly header: string;
  /** Its place in a row, from 0. */
  readonly index: number;
  readonly order?: DateOrder | undefined;
}

/** What a cell says of a channel: a state, or that nobody knows. */
export type CellState = ConsentState | 'unknown';

/** What a cell says: of both channels, or of each by itself; `since` where it has a time. */
export interface CellAnswer {
  readonly email?: CellState;
  readonly sms?: CellState;
  readonly since?: string;
}

/** What a cell of a column about consent says; `undefined` where it is not understood. */
export const readConsentCell = (
  { question, facet, order }: Pick<ConsentColumn, 'question' | 'facet' | 'order'>,
  cell: string,
  explained: ReadonlyMap<string, ExplainedWord>,
): CellAnswer | undefined => {
  const word = consentWord(cell, explained);
  if (word === 'nothing') return of(emptyState(question, facet));
  if (facet === 'reason') return of(refined(question, word));
  const date = word === undefined ? readDate(cell, order) : undefined;
  if (date === 'nothing') return of(emptyState(question, facet));
  if (date === undefined && facet === 'time' && !isAsked(question)) return of(question);
  // A time in other words is one all the same.
  if (date === undefined && facet === 'time' && word === undefined && /\d{2}/.test(cell)) return of('silent');
  if (date === undefined) return of(stateOf(question, word, cell));
  if (question === 'status') return undefined;
  const since = date === 'ambiguous' ? undefined : (date.moment ?? `${date.date}T00:00:00.000Z`);
  return { ...of(isAsked(question) ? 'subscribed' : question), ...(since !== undefined && { since }) };
};

type Said = CellState | 'silent' | { readonly email: CellState; readonly sms: CellState };

const of = (said: Said | undefined): CellAnswer | undefined => {
  if (said === undefined) return undefined;
  if (said === 'silent') return {};
  if (typeof said === 'object') return said;
  // What comes back is mail, whatever its column is called.
  return said === 'bounced' ? { email: said } : { email: said, sms: said };
};

type Question = ConsentHeader['question'];

/** Questions to which a yes lets more be sent, and not less. */
const isAsked = (question: Question): question is 'subscribed' | 'confirmed' | 'status' =>
  question === 'subscribed' || question === 'confirmed' || question === 'status';

/** Who never answered has not agreed; who was never confirmed by a certain time is not confirmed. */
const emptyState = (question: Question, facet: ConsentHeader['facet']): Said => {
  if (facet === 'answer') return question === 'subscribed' || question === 'status' ? 'unknown' : 'silent';
  return facet === 'time' && question === 'confirmed' ? 'unconfirmed' : 'silent';
};

const stateOf = (question: Question, word: ConsentWord | undefined, cell: string): Said | undefined => {
  switch (word) {
    case 'yes':
      return isAsked(question) ? 'subscribed' : question;
    case 'no':
      return isAsked(question) ? (question === 'confirmed' ? 'unconfirmed' : 'unsubscribed') : 'silent';
    case 'byEmail':
      return { email: 'subscribed', sms: 'noConsent' } as const;
    case 'bySms':
      return { email: 'noConsent', sms: 'subscribed' } as const;
    case 'byOthers':
      return 'noConsent';
    case 'nothing':
    case undefined:
      // Some programs count how often mail came back.
      return question === 'bounced' && /^\d{1,4}$/.test(cell.trim()) ? 'bounced' : undefined;
    default:
      return word;
  }
};

/** A reason is there only where it has happened; it may say more than its header, as `ABUSE` does. */
const refined = (question: Question, word: ConsentWord | undefined): Said => {
  if (isAsked(question)) return 'silent';
  return word === 'complained' || word === 'bounced' || word === 'blacklisted' ? word : question;
};
