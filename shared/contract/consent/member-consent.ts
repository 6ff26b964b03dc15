import { type ConsentState, consentStates } from '#domain/contacts/consent.ts';
import { contactMembers } from '../contacts/contact-request.ts';
import { knownHeader } from '../files/header-names.ts';
import { isObject } from '../imports/bind.ts';
import type { ConsentColumn } from './consent-column.ts';
import { type ConsentHeader, consentHeader } from './consent-header.ts';
import { consentTarget } from './consent-targets.ts';
import { consentWord, type ExplainedWord, isTelling } from './consent-words.ts';
import { consentReader, type RowConsent } from './read-consent.ts';

/** As many shapes of contacts as are remembered; callers send one, or a few. */
const maxShapes = 100;

type ReadConsent = (cells: readonly string[]) => RowConsent;

/**
 * Reads what the members of a submitted contact say of consent, as the columns of a file do: `unsubscribed`, `confirmed`,
 * `smsUnsubscribed` and their like, and what other programs call them. A member without a value says nothing.
 */
export const memberConsentReader = (
  importAs?: ConsentState,
  explained: ReadonlyMap<string, ExplainedWord> = new Map(),
): ((contact: unknown) => RowConsent) => {
  const readers = new Map<string, ReadConsent>();
  return (contact) => {
    const said = isObject(contact) ? Object.entries(contact).flatMap(answerOf) : [];
    const shape = said.map(({ name, header: { question } }) => `${name}\n${question}`).join('\n');
    const read = readers.get(shape) ?? consentReader({ columns: said.map(columnOf), explained, importAs });
    if (readers.size < maxShapes) readers.set(shape, read);
    return read(said.map(({ text }) => text));
  };
};

interface Answer {
  readonly name: string;
  readonly header: ConsentHeader;
  readonly text: string;
}

const columnOf = ({ name, header }: Answer, index: number): ConsentColumn => ({ ...header, header: name, index });

const answerOf = ([name, value]: readonly [string, unknown]): Answer[] => {
  if (value === null || value === undefined || value === '' || namesCategories.has(name)) return [];
  const asked = headerOf(name);
  const header = asked && asked.facet !== 'aside' ? asked : headerByText(name, value);
  if (!header || header.channel === 'other') return [];
  // Some programs have the state within an object about the consent.
  const state = isObject(value) ? (value.state ?? value.status) : value;
  return [{ name, header, text: Array.isArray(state) ? state.map(String).join(',') : textOf(state) }];
};

const asStatus: ConsentHeader = { question: 'status', channel: 'any', facet: 'answer' };

/** What can be about nothing but consent says so, whatever its member is called, as the cells of a column do. */
const headerByText = (name: string, value: unknown): ConsentHeader | undefined => {
  if (typeof value !== 'string' || isMember(name)) return undefined;
  if (isTelling(value)) return asStatus;
  const word = knownHeader(name)?.name === 'region' ? consentWord(value, new Map()) : undefined;
  return consentStates.some((state) => state === word) ? asStatus : undefined;
};

const isMember = (name: string): boolean => Object.hasOwn(contactMembers.shape, name);

/** Members of the wire that name categories and segments, and say nothing of consent (contract 4.1). */
const namesCategories: ReadonlySet<string> = new Set(['subscriptions', 'groups', 'fields']);

const textOf = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));

/** Names of members that have been looked up; there are few, unless somebody means harm. */
const known = new Map<string, ConsentHeader | undefined>();
const maxKnown = 1000;

const headerOf = (name: string): ConsentHeader | undefined => {
  if (known.has(name)) return known.get(name);
  const header = consentTarget(name) ?? consentHeader(name);
  if (known.size < maxKnown) known.set(name, header);
  return header;
};
