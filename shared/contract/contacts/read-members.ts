import type * as z from 'zod/mini';
import type { Problem } from '#domain/problem.ts';
import { bareExternalId } from '#identity/external-id.ts';
import { isJunk, type JunkRule } from '#identity/junk.ts';
import { bareIdentifier, isShortened, wholeNumber } from '#identity/spreadsheet-cell.ts';
import { originNames, readOriginTime } from '../files/origin-times.ts';
import { binderOf, isObject } from '../imports/bind.ts';
import { demandOf, fieldOfIssue } from '../issue.ts';
import { contactMembersRequest } from './contact-request.ts';
import { canonicalLanguage, canonicalTimeZone } from './locale.ts';
import { type NameRule, readName } from './read-name.ts';
import { leaveOut, noIdentity, quoted, type Reading } from './reading.ts';

const bindMembers = binderOf(contactMembersRequest);

/** Reads the single members of a contact; white space alone clears a text (contract 3.5). */
export const readMembers = (
  value: Readonly<Record<string, unknown>>,
  reading: Reading,
  rule: NameRule & { readonly junk?: JunkRule },
): void => {
  const { draft, errors } = reading;
  const parsed = contactMembersRequest.safeParse(withoutOtherOrigin(bindMembers(value)));
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const field = fieldOfIssue(issue);
      errors.push({ code: 'INVALID_MEMBER', field, message: `${field} must ${demandOf(issue)}` });
    }
    return;
  }
  const { id, externalCustomerId, address, ordersInfo, origin, ...texts } = parsed.data;
  if (id !== undefined) draft.id = id;
  if (externalCustomerId !== undefined) readExternalId(externalCustomerId, reading, rule.junk);
  if (texts.contactKey !== undefined) draft.contactKey = textOrClear(texts.contactKey);
  if (texts.timeZone !== undefined) draft.timeZone = textOrClear(canonicalTimeZone(texts.timeZone));
  for (const member of ['firstName', 'lastName'] as const) {
    const text = texts[member];
    if (text !== undefined) readName(member, text, { rule, reading });
  }
  readLanguage(texts.languageCode, reading);
  readAddress(address, draft);
  readOrdersInfo(ordersInfo, draft);
  readOrigin(origin, reading);
};

const readExternalId = (value: string, reading: Reading, junk: JunkRule | undefined): void => {
  if (value.trim() === '') return;
  const id = bareExternalId(value);
  if (id === '' || isJunk(id, junk)) leaveOut(reading, noIdentity('externalCustomerId', value));
  else if (isShortened(id)) leaveOut(reading, shortenedId(value));
  else reading.draft.externalCustomerId = id;
};

const shortenedId = (value: string): Problem => ({
  code: 'INVALID_MEMBER',
  field: 'externalCustomerId',
  message: `${quoted(value)} was shortened by a spreadsheet`,
});

const textOrClear = (text: string): string | null => text.trim() || null;

const readLanguage = (value: string | undefined, reading: Reading): void => {
  if (value === undefined) return;
  const text = textOrClear(value);
  const code = text === null ? null : canonicalLanguage(text);
  if (code !== undefined) reading.draft.languageCode = code;
  else
    leaveOut(reading, {
      code: 'INVALID_MEMBER',
      field: 'languageCode',
      message: `${quoted(value)} is not valid languageCode`,
    });
};

/** White space stays some, as it clears. */
const barePostcode = (text: string): string => wholeNumber(bareIdentifier(text)) || text;

type Members = z.output<typeof contactMembersRequest>;

const readAddress = (address: Members['address'], draft: Reading['draft']): void => {
  const parts = Object.entries(address ?? {}).flatMap(([part, text]) =>
    text === undefined ? [] : [[part, textOrClear(part === 'postcode' ? barePostcode(text) : text)] as const],
  );
  if (parts.length > 0) draft.address = Object.fromEntries(parts);
};

const readOrdersInfo = (ordersInfo: Members['ordersInfo'], draft: Reading['draft']): void => {
  const { lastDate, count } = ordersInfo ?? {};
  if (lastDate === undefined && count === undefined) return;
  draft.ordersInfo = { ...(lastDate !== undefined && { lastDate }), ...(count !== undefined && { count }) };
};

/** Callers may mean something else by it, and nobody is turned away for that. */
const withoutOtherOrigin = (members: unknown): unknown =>
  isObject(members) &&
  members.origin !== undefined &&
  !contactMembersRequest.shape.origin.safeParse(members.origin).success
    ? { ...members, origin: undefined }
    : members;

const readOrigin = (origin: Members['origin'], reading: Reading): void => {
  if (!origin) return;
  const times = originNames.flatMap((name) => {
    const { time, warning } = readOriginTime(origin[name] ?? '', undefined);
    if (warning) reading.warnings.push({ ...warning, field: `origin.${name}` });
    return time === undefined ? [] : [[name, time] as const];
  });
  if (times.length > 0) reading.draft.origin = Object.fromEntries(times);
};
