import { type Consent, type ConsentState, consentOf, stricter } from '#domain/contacts/consent.ts';
import type { Problem } from '#domain/problem.ts';
import { quoted } from '../contacts/reading.ts';
import { type CellAnswer, type CellState, type ConsentColumn, readConsentCell } from './consent-column.ts';
import type { ExplainedWord } from './consent-words.ts';

/** What a row says of consent. */
export interface RowConsent {
  readonly consent: Consent;
  /** What is not understood: then the row must not be imported. */
  readonly problem?: Problem;
  readonly warnings: readonly Problem[];
}

/** How consent is read. */
export interface ConsentRule {
  readonly columns: readonly ConsentColumn[];
  /** The caller's own words, by `headerKey`. */
  readonly explained: ReadonlyMap<string, ExplainedWord>;
  /** The state that everybody has at least. */
  readonly importAs?: ConsentState | undefined;
}

/**
 * Reads what the rows of a file say of consent. Of several columns about a channel the strictest answer counts; a column
 * that names no channel is about both, but about SMS only where no column of their own is.
 */
export const consentReader = (rule: ConsentRule): ((cells: readonly string[]) => RowConsent) => {
  const hasOwnSms = rule.columns.some(({ channel, facet }) => channel === 'sms' && facet === 'answer');
  const readers = rule.columns.map((column) => ({
    column,
    read: remembered(column, rule),
    about: aboutOf(column, hasOwnSms),
  }));
  const least = rule.importAs ?? 'subscribed';
  const always = readers.length === 0 ? { consent: consentOf({ email: least, sms: least }), warnings: [] } : undefined;

  return (cells) => {
    if (always) return always;
    const channels = { email: channelState(least), sms: channelState(least) };
    let since: string | undefined;
    for (const { column, read, about } of readers) {
      const answer = read(cells[column.index] ?? '');
      if (!answer) return unclear(column, cells[column.index] ?? '');
      if (about.email) channels.email.add(answer.email);
      if (about.sms) channels.sms.add(answer.sms);
      if (answer.since !== undefined && !isYes(column)) since ??= answer.since;
    }
    const [email, sms] = [channels.email.state(), channels.sms.state()];
    const consent = consentOf({ email: email ?? 'noConsent', sms: sms ?? 'noConsent' }, since);
    const asked = readers.find(({ column }) => isYes(column) && column.facet === 'answer')?.column;
    return { consent, warnings: asked && (email === undefined || sms === undefined) ? [missing(asked)] : [] };
  };
};

/** Collects what the columns say of a channel; the state is `undefined` where one asked and nobody answered. */
const channelState = (least: ConsentState) => {
  let [strictest, isUnknown, isAnswered]: [ConsentState, boolean, boolean] = [least, false, false];
  return {
    add: (said: CellState | undefined) => {
      if (said === 'unknown') isUnknown = true;
      else if (said !== undefined) strictest = stricter(strictest, said);
      if (said === 'subscribed') isAnswered = true;
    },
    state: () => (isUnknown && !isAnswered && strictest === 'subscribed' ? undefined : strictest),
  };
};

const aboutOf = ({ channel, question }: ConsentColumn, hasOwnSms: boolean) => ({
  email: channel === 'email' || channel === 'any',
  sms: channel === 'sms' || (channel === 'any' && (!hasOwnSms || question === 'deleted')),
});

const isYes = ({ question }: ConsentColumn): boolean =>
  question === 'subscribed' || question === 'status' || question === 'confirmed';

/** As many different cells of a column as are remembered: most have a few words only. */
const maxRemembered = 1000;

const remembered = (column: ConsentColumn, { explained }: ConsentRule) => {
  const known = new Map<string, CellAnswer | undefined>();
  return (cell: string): CellAnswer | undefined => {
    if (known.has(cell)) return known.get(cell);
    const read = readConsentCell(column, cell, explained);
    const answer = read && isYes(column) && column.facet !== 'answer' ? withoutYes(read) : read;
    if (known.size < maxRemembered) known.set(cell, answer);
    return answer;
  };
};

/** When somebody agreed is no answer to a question that another column asks. */
const withoutYes = ({ email, sms }: CellAnswer): CellAnswer => ({
  ...(email && email !== 'subscribed' && { email }),
  ...(sms && sms !== 'subscribed' && { sms }),
});

const unclear = ({ header }: ConsentColumn, cell: string): RowConsent => ({
  consent: {},
  warnings: [],
  problem: {
    code: 'CONSENT_UNCLEAR',
    field: header,
    message: `${quoted(cell)} does not say clearly whether the person may be written to; consentWords can explain it`,
  },
});

const missing = ({ header }: ConsentColumn): Problem => ({
  code: 'CONSENT_MISSING',
  field: header,
  message: 'The cell does not say whether the person may be written to; the contact counts as one who has not agreed',
});
