import type { ColumnRule } from '#domain/files/contact-file.ts';
import { FileError } from '#domain/files/file-error.ts';
import type { ImportRow } from '#domain/imports/import-session.ts';
import { consentHeader } from '../consent/consent-header.ts';
import { consentTarget } from '../consent/consent-targets.ts';
import { memberConsentReader } from '../consent/member-consent.ts';
import { contactMembers } from '../contacts/contact-request.ts';
import { isObject } from '../imports/bind.ts';
import { bulkRowReader } from '../imports/bulk-row.ts';
import { claimNamed, plainIds, ranks } from './claim-header.ts';
import { orderOfFormat } from './date-order.ts';
import { explainedBy } from './find-consent.ts';
import { headerKey } from './header-key.ts';
import { knownHeader } from './header-names.ts';
import { kits } from './kits.ts';
import { isOriginName, readOriginTime } from './origin-times.ts';
import { listed, quotedHeader } from './quoted-header.ts';
import { tagMembers, tagsOfMembers } from './read-tags.ts';

type Members = Readonly<Record<string, unknown>>;

/**
 * Reads contacts of a bulk request that are in a file, with what a caller may say of files alone.
 * @throws FileError INVALID_HEADER, CONSENT_COLUMN_UNCLEAR.
 */
export const contactReader = (rule: ColumnRule, sample: readonly Members[]) => {
  const { settings, options, defaultCountry, strictNames = false, junk } = rule;
  const explained = explainedBy(options, kits.get(options.source ?? ''));
  const mapped = memberMapping(rule);
  const reading = { defaultCountry: options.defaultCountry ?? defaultCountry, strictNames, ...(junk && { junk }) };
  const readRow = bulkRowReader(settings, reading, explained);
  const contacts = sample.map(mapped);
  if (settings.importAs === undefined) refuseUnclear(contacts, memberConsentReader(undefined, explained));
  const unread = unreadMembers(contacts, rule);
  return {
    notes: unread.length > 0 ? [`Members that are not read: ${listed(unread.map(quotedHeader))}`] : [],
    readRow: (value: unknown, row: number): ImportRow => {
      const contact = isObject(value) ? mapped(value) : value;
      const read = readRow(isObject(contact) ? withHistory(contact, rule) : contact, row);
      if (options.tagsToSegments !== true || !('draft' in read)) return read;
      const { names, warnings } = tagsOfMembers(contact);
      return {
        ...read,
        draft: { ...read.draft, ...(names.length > 0 && { segmentNames: names }) },
        ...(warnings.length > 0 && { warnings: [...(read.warnings ?? []), ...warnings] }),
      };
    },
  };
};

const refuseUnclear = (contacts: readonly Members[], readConsent: ReturnType<typeof memberConsentReader>): void => {
  for (const contact of contacts) {
    const { problem } = readConsent(contact);
    if (!problem) continue;
    const { field, message } = problem;
    const remedies = `fieldMapping can say what it is, e.g. {${JSON.stringify(field)}: "subscribed"}, or leave it out by {${JSON.stringify(field)}: ""}`;
    throw new FileError('CONSENT_COLUMN_UNCLEAR', `Member ${quotedHeader(field)}: ${message}; ${remedies}`);
  }
};

/** Makes what calls members as `fieldMapping` says, and leaves out those that it maps to nothing. */
const memberMapping = ({ options: { fieldMapping = {} }, definitions }: ColumnRule) => {
  const targets = new Map(
    Object.entries(fieldMapping).map(([member, target]) => {
      const name = target.trim() === '' ? '' : memberNamed(target, definitions);
      if (name !== undefined) return [headerKey(member), name] as const;
      const message = `fieldMapping: ${quotedHeader(target)}, for ${quotedHeader(member)}, is no member of a contact that has channels`;
      throw new FileError('INVALID_HEADER', message);
    }),
  );
  return (contact: Members): Members => {
    if (targets.size === 0) return contact;
    const entries = Object.entries(contact).flatMap(([member, content]) => {
      const target = targets.get(headerKey(member));
      return target === undefined ? [[member, content]] : target === '' ? [] : [[target, content]];
    });
    return Object.fromEntries(entries);
  };
};

const memberNames: readonly string[] = Object.keys(contactMembers.shape);

const memberNamed = (target: string, definitions: ColumnRule['definitions']): string | undefined => {
  const claim = claimNamed(target, ranks.mapped, definitions);
  if (claim === undefined || 'consent' in claim) return claim && target.trim();
  return memberNames.includes(claim.name) || isOriginName(claim.name) ? claim.name : undefined;
};

/** A contact with its times of origin in their place, and, if that is asked for, with the other program's id as its own. */
const withHistory = (contact: Members, { options }: ColumnRule): Members => {
  const order = orderOfFormat(options.dateFormat ?? '');
  const times = Object.entries(contact).flatMap(([member, content]) => {
    const name = typeof content === 'string' ? originNameOf(member) : undefined;
    return name === undefined ? [] : [[name, readOriginTime(String(content), order).time ?? content] as const];
  });
  const id = options.keepIds ? otherIdOf(contact) : undefined;
  if (times.length === 0 && id === undefined) return contact;
  const given = isObject(contact.origin) ? contact.origin : {};
  return {
    ...contact,
    ...(times.length > 0 && { origin: { ...Object.fromEntries(times), ...given } }),
    ...(id !== undefined && { externalCustomerId: id }),
  };
};

const otherIdOf = (contact: Members): string | number | undefined => {
  const keyed = new Map(Object.entries(contact).map(([member, content]) => [headerKey(member), content]));
  return plainIds.map((name) => keyed.get(name)).find((id) => typeof id === 'string' || typeof id === 'number');
};

const originNameOf = (member: string): string | undefined => {
  const name = knownHeader(member)?.name;
  return name !== undefined && isOriginName(name) ? name : undefined;
};

/** Names of members that nothing is read of, in any of the contacts; in no case what they say. */
const unreadMembers = (contacts: readonly Members[], { options }: ColumnRule): string[] => {
  const unread = contacts.flatMap((contact) =>
    Object.entries(contact)
      .filter(([member, content]) => !isEmpty(content) && !isRead(member, options.keepIds === true))
      .map(([member]) => member),
  );
  return [...new Set(unread)].sort();
};

const isEmpty = (content: unknown): boolean =>
  content === null || content === '' || (Array.isArray(content) && content.length === 0);

const isRead = (member: string, keepsIds: boolean): boolean =>
  memberNames.includes(member) ||
  tagMembers.some((one) => one === member) ||
  consentTarget(member) !== undefined ||
  consentHeader(member) !== undefined ||
  originNameOf(member) !== undefined ||
  (keepsIds && plainIds.includes(headerKey(member)));
