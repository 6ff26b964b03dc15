import type { ColumnRule, FileSample } from '#domain/files/contact-file.ts';
import type { ImportSettings } from '#domain/imports/import-session.ts';
import { type ConsentColumn, readConsentCell } from '../consent/consent-column.ts';
import type { ConsentHeader } from '../consent/consent-header.ts';
import { type ExplainedWord, explainedWords } from '../consent/consent-words.ts';
import { dateOrderIn } from './date-order.ts';
import { headerKey } from './header-key.ts';
import { headerWords } from './header-words.ts';
import { type Kit, plainSource } from './kits.ts';
import { listed, quotedHeader } from './quoted-header.ts';

/** What decides how columns about consent are read. */
export interface ConsentContext extends Pick<ColumnRule, 'options'> {
  readonly settings: Pick<ImportSettings, 'importAs'>;
  readonly kit: Kit | undefined;
  readonly sample: FileSample;
  readonly header: readonly string[];
}

type Asked = ConsentHeader & { readonly header: string; readonly index: number };

/** A reason why it is not clear who may be written to, and the column that it is about. */
export interface UnclearConsent {
  readonly index: number;
  readonly message: string;
}

/** The columns about consent that are read, and what of them a sample shows not to be understood. */
export interface FoundConsent {
  readonly columns: readonly ConsentColumn[];
  readonly unclear: readonly UnclearConsent[];
  readonly notes: readonly string[];
}

/** Finds out which columns say who may be written to: nothing is guessed that decides this. */
export const findConsent = (asked: readonly Asked[], context: ConsentContext): FoundConsent => {
  const { options, settings, kit, sample } = context;
  const explained = explainedBy(options, kit);
  const columns = asked
    .filter(({ channel, facet }) => channel !== 'other' && facet !== 'aside')
    .map((one): ConsentColumn => {
      const order = dateOrderIn(sample, one.index, { asked: options.dateFormat, usual: kit?.dateOrder });
      return { ...one, order: order === 'ambiguous' ? undefined : order };
    })
    .map((column) => inTime(column, sample, explained));
  // If the whole list counts as people who said no, no column has to say so.
  const isJudged = settings.importAs === undefined;
  const unclear = isJudged ? columns.flatMap((column) => unclearWords(column, sample, explained)) : [];
  const lists = isJudged && columns.length === 0 ? unclearList(context) : [];
  return { columns, unclear: [...unclear, ...lists], notes: notesOn(asked, columns, settings.importAs) };
};

/** What the lists have that Amazon SES, SendGrid and others keep of people who must not be written to, and nothing else. */
const bareList = headerWords('email, emailaddress, address, created, createdat, ip, reason, lastupdatetime, timestamp');

/** What makes a list of addresses one of those, beside the addresses. */
const bareFacts = ['created', 'createdat', 'reason', 'lastupdatetime', 'timestamp'];

/**
 * A list of addresses with a time or a reason and nothing of the person is more likely one of those who said no than any other.
 */
const unclearList = ({ header, options }: ConsentContext): UnclearConsent[] => {
  const keys = header.map(headerKey);
  const index = keys.findIndex((key) => bareFacts.includes(key));
  const isBare = index >= 0 && keys.every((key) => key === '' || bareList.words.has(key));
  if (!isBare || options.source === plainSource) return [];
  const message =
    `The file has addresses, column ${index + 1} ${quotedHeader(header[index] ?? '')} and nothing of the people, as lists of those have who must not be ` +
    'written to. Say importAs, e.g. unsubscribed or bounced, or source plain if they may be written to';
  return [{ index, message }];
};

/** The words of the caller and of the program, by `headerKey`. */
export const explainedBy = (
  { consentWords = {} }: ConsentContext['options'],
  kit: Kit | undefined,
): ReadonlyMap<string, ExplainedWord> => {
  const words = Object.entries({ ...kit?.words, ...consentWords });
  return new Map(
    words.flatMap(([word, meaning]) => {
      const known = explainedWords.find((one) => one.toLowerCase() === meaning.trim().toLowerCase());
      return known ? [[headerKey(word), known] as const] : [];
    }),
  );
};

/** A column with nothing but dates has times, whatever it is called; an empty cell is then no answer. */
const inTime = (
  column: ConsentColumn,
  sample: FileSample,
  explained: ReadonlyMap<string, ExplainedWord>,
): ConsentColumn => {
  if (column.facet !== 'answer' || column.question === 'status') return column;
  const answers = sample.map((row) => readConsentCell(column, row[column.index] ?? '', explained));
  const filled = sample.filter((row) => row[column.index]?.trim()).length;
  const dated = answers.filter((answer) => answer?.since !== undefined).length;
  return dated > 0 && dated === filled ? { ...column, facet: 'time' } : column;
};

/** As many words that are not understood as are told. */
const maxWords = 5;

const unclearWords = (
  column: ConsentColumn,
  sample: FileSample,
  explained: ReadonlyMap<string, ExplainedWord>,
): UnclearConsent[] => {
  const { index, header } = column;
  const cells = new Set(sample.map((row) => row[index] ?? ''));
  const unclear = [...cells].filter((cell) => readConsentCell(column, cell, explained) === undefined);
  const [word] = unclear;
  if (word === undefined) return [];
  const words = unclear.slice(0, maxWords).map((cell) => quotedHeader(cell.trim()));
  const more = unclear.length > maxWords ? ` and ${unclear.length - maxWords} more` : '';
  const message =
    `Column ${index + 1} ${quotedHeader(header)} looks as if it said who may be written to, and ${words.join(', ')}${more} in it ` +
    `is not understood. Explain its words by consentWords, e.g. {${JSON.stringify(word.trim())}: "unsubscribed"}; say what it ` +
    `is by fieldMapping, e.g. {${JSON.stringify(header)}: "subscribed"}; or leave it out by {${JSON.stringify(header)}: ""}`;
  return [{ index, message }];
};

const notesOn = (
  asked: readonly Asked[],
  columns: readonly ConsentColumn[],
  importAs: string | undefined,
): readonly string[] => {
  const others = asked.filter(({ channel, facet }) => channel === 'other' || facet === 'aside');
  const isOfYes = ({ question, facet }: Asked) =>
    facet === 'time' && (question === 'subscribed' || question === 'confirmed');
  const read = columns.filter((column) => !isOfYes(column)).map(({ header }) => quotedHeader(header));
  return [
    ...(importAs === undefined ? [] : [`Everybody in the file counts as ${importAs} at least`]),
    ...(read.length > 0 ? [`Who may be written to is read from ${listed(read)}`] : []),
    ...(read.length === 0 && importAs === undefined
      ? ['No column says who may be written to: anyone who is new counts as confirmed']
      : []),
    ...(others.length > 0
      ? [`About consent, but not read: ${listed(others.map(({ header }) => quotedHeader(header)))}`]
      : []),
  ];
};
