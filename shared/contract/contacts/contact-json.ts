import * as z from 'zod/mini';
import type { ContactLine } from '#domain/files/contact-line.ts';
import type { Problem } from '#domain/problem.ts';
import type { JunkRule } from '#identity/junk.ts';
import { readFieldValues } from '../fields/read-field-values.ts';
import { binderOf, isObject } from '../imports/bind.ts';
import { nameLengths } from './person-name.ts';
import { listOf, readChannels } from './read-channels.ts';
import { readMembers } from './read-members.ts';
import type { NameRule } from './read-name.ts';
import { newReading, type Reading } from './reading.ts';

/** What a line of JSON about a contact came to: the contact and what was left out of it, or everything that is wrong with it. */
export type ReadContactLine =
  | { readonly line: ContactLine; readonly errors: readonly []; readonly warnings?: readonly Problem[] }
  | { readonly line?: undefined; readonly errors: readonly Problem[]; readonly warnings?: undefined };

/** How lines are read. */
interface LineRule extends Pick<NameRule, 'strictNames'> {
  /** What stands for no identity in this stage. */
  readonly junk?: JunkRule;
  /** Whether something beside the line says whom it is about. */
  readonly isKnown?: boolean;
}

/**
 * Reads the contact that a parameter `json` or `contactJson` of an event holds, as an object or as JSON in a text
 * (contract 7). Member names count in any case. An address or a phone that is none is left out, if the line says by
 * another identity whom it means or `isKnown`; everything else that a request would leave out with a warning is an error
 * here, and phone numbers are international. Whether its values suit the custom fields, `unsuitableFields` knows. It never
 * throws.
 */
export const readContactLine = (
  value: unknown,
  { strictNames, junk, isKnown = false }: LineRule = {},
): ReadContactLine => {
  const object = typeof value === 'string' ? parsed(value) : value;
  if (!isObject(object)) return { errors: [notAnObject] };
  const members = byLowerCase(object);
  const reading = newReading();
  // One by one, because a member of the wrong kind keeps the others of its reading from being looked at.
  const known = junk && { junk };
  const rule = { nameLength: nameLengths.event, ...(strictNames && { strictNames }), ...known };
  for (const one of contactMembersOf(members)) readMembers(one, reading, rule);
  for (const type of ['email', 'sms'] as const) readChannel(type, members[type], { reading, ...known });
  readFieldValues(listOf(members.profileinputs).map(fieldValueOf), reading);
  const confirmed = readConfirmed(members.confirmed, reading);
  const isOfChannel = ({ field }: Problem) => reading.leftOut.some((channel) => channel.field === field);
  const others = reading.warnings.filter((warning) => !isOfChannel(warning));
  // What stands for no identity is as if it was not there.
  const invalid = reading.leftOut.filter(({ code }) => code !== 'NO_VALUE');
  const isLeftOut = isKnown || isIdentified(reading.draft);
  const said = [...reading.errors, ...(isLeftOut ? [] : invalid), ...others.map(asError)];
  if (said.length > 0) return { errors: said.map(underItsName) };
  const line = { draft: reading.draft, confirmed };
  return { line, errors: [], ...(invalid.length > 0 && { warnings: invalid }) };
};

const isIdentified = ({ email, sms, externalCustomerId }: Reading['draft']): boolean =>
  Boolean(email || sms || externalCustomerId);

const notAnObject: Problem = { code: 'NOT_AN_OBJECT', field: 'contactJson', message: 'It is not a JSON object' };

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

type Members = Readonly<Record<string, unknown>>;

const byLowerCase = (object: Members): Members =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name.toLowerCase(), value]));

/** The names of single members in a line, by those of a request. */
const memberNames = {
  firstName: 'firstname',
  lastName: 'lastname',
  languageCode: 'languageCode',
  timeZone: 'timeZone',
  externalCustomerId: 'externalCustomerId',
  contactKey: 'contactKey',
} as const;

const addressParts = ['region', 'town', 'address', 'postcode', 'countryCode'] as const;

const contactMembersOf = (members: Members): Members[] => [
  ...Object.entries(memberNames).map(([name, inLine]) => ({ [name]: members[inLine.toLowerCase()] ?? undefined })),
  { address: Object.fromEntries(addressParts.map((part) => [part, members[part.toLowerCase()] ?? undefined])) },
];

/** Without a default country, so that a national number is none. */
const readChannel = (
  type: 'email' | 'sms',
  value: unknown,
  { reading, junk }: { readonly reading: Reading; readonly junk?: JunkRule },
): void => {
  if (value === undefined || value === null) return;
  readChannels([{ type, value }], { defaultCountry: '', barePhones: 'any', ...(junk && { junk }) }, reading);
};

const fieldValueOf = (input: unknown): unknown => {
  if (!isObject(input)) return input;
  const { profileinputid: id, value } = byLowerCase(input);
  return { id, value };
};

const bindBoolean = binderOf(z.boolean());

const readConfirmed = (value: unknown, { errors }: Reading): boolean => {
  const confirmed = value === undefined || value === null || value === '' ? true : bindBoolean(value);
  if (typeof confirmed === 'boolean') return confirmed;
  errors.push({ code: 'INVALID_MEMBER', field: 'confirmed', message: 'confirmed must be true or false' });
  return true;
};

/** Nothing is left out of a line. */
const asError = ({ message, ...problem }: Problem): Problem => ({
  ...problem,
  ...(problem.code === 'NAME_CHANGED' && { code: 'INVALID_NAME' }),
  message: message.replace(/(; its value was left out| and was (left out|cut)|, which was left out)$/, ''),
});

const underItsName = ({ field, message, ...problem }: Problem): Problem => {
  const name = nameInLine(field);
  if (message.startsWith(field)) return { ...problem, field: name, message: name + message.slice(field.length) };
  const isLast = message.endsWith(field);
  return { ...problem, field: name, message: isLast ? message.slice(0, -field.length) + name : message };
};

const nameInLine = (field: string): string => {
  if (field.startsWith('address.')) return field.slice('address.'.length);
  if (field.startsWith('fields')) return field.replace(/^fields/, 'profileInputs').replace(/\.id$/, '.profileInputId');
  return Object.hasOwn(memberNames, field) ? memberNames[field as keyof typeof memberNames] : field;
};
