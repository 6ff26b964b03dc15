import { consentHeader } from '../consent/consent-header.ts';
import { consentTarget } from '../consent/consent-targets.ts';
import { contactMembers } from '../contacts/contact-request.ts';
import { isObject } from '../imports/bind.ts';
import { channelHeader } from './channel-header.ts';
import { splitName } from './full-name.ts';
import { headerKey } from './header-key.ts';
import { addressColumnNames, knownHeader } from './header-names.ts';
import { tagMembers } from './read-tags.ts';
import { submittedRow } from './submitted-row.ts';

const memberNames: readonly string[] = Object.keys(contactMembers.shape);

/**
 * A contact that has its address, phone, names and place beside each other, as the rows of a table have them, by names that
 * columns have, too, as a contact of the wire. One with `channels` stays as it is.
 */
export const flatContact = (value: unknown): unknown => {
  if (!isObject(value) || value.channels !== undefined) return value;
  const found = Object.entries(value).flatMap(([member, content]) => {
    const name = isScalar(content) ? columnOf(member) : undefined;
    return name === undefined ? [] : [{ ...name, member, text: String(content) }];
  });
  const cells = new Map<string, string>();
  for (const { name, text } of found.toSorted((one, other) => one.order - other.order)) {
    if (text.trim() !== '' && !cells.has(name)) cells.set(name, text);
  }
  const whole = found.find(({ name }) => name === 'fullName');
  const { firstName, lastName } = whole && !cells.has('firstName') ? splitName(whole.text, whole.member) : {};
  if (firstName) cells.set('firstName', firstName);
  if (lastName && !cells.has('lastName')) cells.set('lastName', lastName);
  const { address, channels, fields: _, ...texts } = submittedRow(cells).contact;
  const { address: given, ...members } = value;
  const place = isObject(given) ? given : address;
  return {
    ...texts,
    ...members,
    channels,
    ...(isObject(place) && Object.keys(place).length > 0 && { address: place }),
  };
};

/** Names of members that nothing is read of, in any of the contacts; in no case what they say. */
export const unreadMembers = (contacts: readonly unknown[]): string[] => {
  const unread = contacts.filter(isObject).flatMap((contact) =>
    Object.keys(contact).filter((member) => {
      const content = contact[member];
      const isEmpty = content === null || content === '' || (Array.isArray(content) && content.length === 0);
      return !isEmpty && !isRead(member, contact.channels === undefined && isScalar(content));
    }),
  );
  return [...new Set(unread)].sort();
};

const isRead = (member: string, isFlat: boolean): boolean =>
  memberNames.includes(member) ||
  tagMembers.some((one) => one === member) ||
  isOfConsent(member) ||
  (isFlat && columnOf(member) !== undefined);

/** A member in the list of which the contacts of a file may be instead. */
export const listWithin = (contact: unknown): string | undefined =>
  isObject(contact) && contact.channels === undefined
    ? Object.keys(contact).find((member) => Array.isArray(contact[member]) && contact[member].some(isObject))
    : undefined;

interface FlatMember {
  readonly name: string;
  readonly order: number;
}

/** Names of members that have been looked up; there are few, unless the caller means harm. */
const known = new Map<string, FlatMember | undefined>();
const maxKnown = 1000;

const columnOf = (member: string): FlatMember | undefined => {
  if (known.has(member)) return known.get(member);
  const found = isOfConsent(member) ? undefined : lookedUp(member);
  if (known.size < maxKnown) known.set(member, found);
  return found;
};

const lookedUp = (member: string): FlatMember | undefined => {
  if (member === 'address') return { name: 'address', order: 0 };
  if (memberNames.includes(member)) return member === 'firstName' ? { name: member, order: -1 } : undefined;
  const channel = channelHeader(member);
  if (channel) return { name: channel.name, order: channel.rank };
  const name = headerKey(member) === 'name' ? 'fullName' : knownHeader(member)?.name;
  return name !== undefined && flatNames.includes(name) ? { name, order: 0 } : undefined;
};

const flatNames: readonly string[] = [
  'email',
  'sms',
  'firstName',
  'lastName',
  'fullName',
  'externalCustomerId',
  'contactKey',
  'languageCode',
  'timeZone',
  ...addressColumnNames,
];

const isOfConsent = (member: string): boolean =>
  consentTarget(member) !== undefined || consentHeader(member) !== undefined;

const isScalar = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number';
