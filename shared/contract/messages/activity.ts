import * as z from 'zod/mini';
import { RollcallError } from '#domain/error.ts';
import type { EventIdentifiers } from '#domain/events/event-subject.ts';
import { type Activity, type ActivityPage, type ActivityRange, placeOf } from '#domain/messages/activity.ts';
import { identifiersOf } from '#identity/event-identifiers.ts';
import { quoted } from '../contacts/reading.ts';
import { contactRowsQuery, windowOf } from '../contacts/search-contacts.ts';
import { isBareDate, readMoment } from '../moment.ts';
import { parse } from '../parse.ts';

/** Rows of one answer if nothing is asked, and at most: an answer of a function has 6 MB (an AWS Lambda limit). */
export const activityRows = { byDefault: 1000, most: 5000 } as const;

const range = {
  dateFrom: z.optional(
    z.string().check(z.meta({ description: 'ISO 8601, UTC if it has no offset', examples: ['2026-01-05T09:00:00'] })),
  ),
  dateTo: z.optional(z.string().check(z.describe('Included, a date without a time as a whole; now if absent'))),
};

/** The parameters of `GET /api/v2/contacts/activity` (contract 4.21). */
export const activityQuery = z.object({
  ...range,
  maxrows: z._default(
    z.catch(z.int(), activityRows.byDefault).check(z.describe(`At most ${activityRows.most}`)),
    activityRows.byDefault,
  ),
  offset: z.optional(z.string().check(z.describe('The `offset` of the last row of the answer before'))),
});

/** The parameters of `GET /api/v2/contacts/messages` (contract 4.21). */
export const contactMessagesQuery = z.object({
  contactId: z.optional(z.string()),
  externalCustomerId: z.optional(z.string()),
  email: z.optional(z.string()),
  phone: z.optional(z.string()),
  sms: z.optional(z.string().check(z.describe('Another name of `phone`'))),
  ...range,
  startindex: contactRowsQuery.shape.startindex,
  maxrows: contactRowsQuery.shape.maxrows,
});

const activity = {
  iid: z.string().check(z.describe('The `requestId` of the message')),
  contactId: z.int(),
  externalCustomerId: z.optional(z.string()),
  email: z.optional(z.string().check(z.describe('Of the contact as it is now, if the message is an e-mail'))),
  sms: z.optional(z.string().check(z.describe('Of the contact as it is now, if the message is an SMS'))),
  mediaType: z.enum(['email', 'sms']),
  messageId: z.optional(z.int().check(z.describe('The stored message that it came from'))),
  messageName: z.optional(z.string()),
  activityStatus: z.enum(['SENT', 'DELIVERED', 'UNDELIVERED', 'SPAM']),
  activityDateTime: z.iso.datetime(),
  statusDescription: z.optional(z.string().check(z.describe('Why it was not delivered'))),
};

const example = {
  iid: 'b4b976cb-464a-492a-bfbb-a677d3413fd8',
  contactId: 95064060,
  email: 'mail@example.com',
  mediaType: 'email',
  messageId: 7,
  messageName: 'Order',
  activityStatus: 'DELIVERED',
  activityDateTime: '2026-01-05T09:00:00.000Z',
} as const;

/** What became of messages. */
export const activityResponse = z
  .array(z.object({ ...activity, offset: z.string().check(z.describe('Asks for the rows after this one')) }))
  .check(
    z.meta({
      id: 'ContactActivities',
      examples: [[{ ...example, offset: '2026-01-05T09:00:00.000Z_b4b976cb-464a-492a-bfbb-a677d3413fd8' }]],
    }),
  );

/** What became of the messages to one contact. */
export const contactMessagesResponse = z
  .array(z.object(activity))
  .check(z.meta({ id: 'ContactMessages', examples: [[example]] }));

type Query = Readonly<Partial<Record<string, string>>>;

interface Rule {
  readonly defaultCountry: string;
  now(): string;
}

/**
 * Reads which part of the activity is asked for.
 * @throws RollcallError INVALID_REQUEST for a date or an offset that is none.
 */
export const parseActivityQuery = (query: Query, rule: Rule): ActivityPage => {
  const { offset, maxrows, ...dates } = parse(activityQuery, query);
  const after = readOffset(offset);
  const limit = maxrows < 1 ? activityRows.byDefault : Math.min(maxrows, activityRows.most);
  return { ...readRange(dates, rule), limit, ...(after !== undefined && { after }) };
};

/**
 * Reads whose messages are asked for, and which of them.
 * @throws RollcallError INVALID_REQUEST for a date that is none, or if nobody is named.
 */
export const parseContactMessagesQuery = (
  query: Query,
  rule: Rule,
): ActivityRange & { readonly named: EventIdentifiers; readonly skip: number; readonly take: number } => {
  const { dateFrom, dateTo, startindex, maxrows, ...names } = parse(contactMessagesQuery, query);
  const isNamed = Object.values(names).some((text) => text?.trim());
  const members = 'contactId, externalCustomerId, email and phone';
  if (!isNamed) throw new RollcallError('INVALID_REQUEST', `One of ${members} must be given`);
  // An unencoded plus arrives as a space, and no address has spaces.
  const email = names.email?.trim().replaceAll(' ', '+');
  return {
    ...readRange({ dateFrom, dateTo }, rule),
    ...windowOf({ startindex, maxrows }),
    named: identifiersOf({ ...names, email }, rule),
  };
};

type Dates = { readonly [Name in keyof typeof range]?: string | undefined };

const earliest = '1900-01-01T00:00:00.000Z';
const lastMomentOfDay = 86_400_000 - 1;

const readRange = ({ dateFrom, dateTo }: Dates, { now }: Rule): ActivityRange => {
  const from = moment('dateFrom', dateFrom) ?? earliest;
  const until = moment('dateTo', dateTo) ?? now();
  if (dateTo === undefined || !isBareDate(dateTo)) return { from, until };
  return { from, until: new Date(Date.parse(until) + lastMomentOfDay).toISOString() };
};

const moment = (name: string, text: string | undefined): string | undefined => {
  if (!text?.trim()) return undefined;
  // An unencoded plus arrives as a space.
  const read = readMoment(text.trim().replace(/(:\d\d(?:[.,]\d+)?) (\d\d:?\d\d)$/, '$1+$2'));
  if (read !== undefined) return read;
  throw new RollcallError(
    'INVALID_REQUEST',
    `${name} must be a date or a time in ISO 8601, and ${quoted(text)} is none`,
  );
};

/** Clients put it into the address of the next request as it is, where `#` would end the address. */
const readOffset = (text = ''): string | undefined => {
  const offset = text.trim();
  if (offset === '' || offset === '0') return undefined;
  if (/^\d{4}-\d\d-\d\dT[\d:.]{8,12}Z_[0-9a-f-]{36}$/.test(offset)) return offset.replace('_', '#');
  throw new RollcallError('INVALID_REQUEST', 'offset must be the offset of the last row of the answer before');
};

/** What became of messages, on the wire. */
export const activityBody = (activities: readonly Activity[]) =>
  activityResponse.parse(activities.map((one) => ({ ...rowOf(one), offset: placeOf(one.message).replace('#', '_') })));

/** What became of the messages to one contact, on the wire. */
export const contactMessagesBody = (activities: readonly Activity[]) =>
  contactMessagesResponse.parse(activities.map(rowOf));

const rowOf = ({ message, contact, name }: Activity) => {
  const { requestId: iid, contactId, channel: mediaType, status, statusAt, reason, templateId } = message;
  const address = contact[mediaType];
  return {
    iid,
    contactId,
    ...(contact.externalCustomerId !== undefined && { externalCustomerId: contact.externalCustomerId }),
    ...(address !== undefined && { [mediaType]: address }),
    mediaType,
    ...(templateId !== undefined && { messageId: templateId }),
    ...(name !== undefined && { messageName: name }),
    activityStatus: status,
    activityDateTime: statusAt,
    ...(reason !== undefined && { statusDescription: reason }),
  };
};
