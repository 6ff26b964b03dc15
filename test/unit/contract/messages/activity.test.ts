import { describe, expect, test } from 'vitest';
import {
  activityBody,
  contactMessagesBody,
  parseActivityQuery,
  parseContactMessagesQuery,
} from '#contract/messages/activity.ts';
import type { Activity } from '#domain/messages/activity.ts';
import { contactOf } from '#test/support/contacts/contact-makers.ts';

const now = '2026-01-05T09:00:00.000Z';
const rule = { defaultCountry: 'UA', now: () => now };
const requestId = 'b4b976cb-464a-492a-bfbb-a677d3413fd8';
const all = { from: '1900-01-01T00:00:00.000Z', until: now };

describe('the activity that is asked for', () => {
  test.each([
    [{}, { ...all, limit: 1000 }],
    [
      { dateFrom: '', dateTo: ' ', offset: '', maxrows: '' },
      { ...all, limit: 1000 },
    ],
    [
      { dateFrom: '2026-01-04', dateTo: '2026-01-04' },
      { from: '2026-01-04T00:00:00.000Z', until: '2026-01-04T23:59:59.999Z', limit: 1000 },
    ],
    [
      { dateFrom: '2026-01-04T10:00:00', dateTo: '2026-01-04T12:00:00+02:00', maxrows: '25000' },
      { from: '2026-01-04T10:00:00.000Z', until: '2026-01-04T10:00:00.000Z', limit: 5000 },
    ],
    [
      { dateTo: '2026-01-04T12:00:00 02:00', maxrows: '-3' },
      { ...all, until: '2026-01-04T10:00:00.000Z', limit: 1000 },
    ],
    [
      { offset: '0', maxrows: 'x' },
      { ...all, limit: 1000 },
    ],
    [
      { offset: `${now}_${requestId}`, maxrows: '7' },
      { ...all, limit: 7, after: `${now}#${requestId}` },
    ],
  ])('by %j is read', (query, page) => {
    expect(parseActivityQuery(query, rule)).toEqual(page);
  });

  test.each([
    [{ dateFrom: 'yesterday' }, /dateFrom must be a date/],
    [{ dateTo: '2026-02-30' }, /dateTo must be a date/],
    [{ dateTo: '1767603600000' }, /dateTo must be a date/],
    [{ offset: '100' }, /offset must be/],
    [{ offset: `${now}#${requestId}` }, /offset must be/],
    [{ offset: "'; DROP TABLE" }, /offset must be/],
  ])('by %j is refused', (query, message) => {
    expect(() => parseActivityQuery(query, rule)).toThrow(message);
  });
});

describe('the messages to a contact', () => {
  test.each([
    [{ contactId: '7' }, { contactId: 7 }],
    [
      { email: 'Ann x@B.co', sms: '0942583691' },
      { email: 'ann+x@b.co', sms: '380942583691' },
    ],
    [
      { phone: '0942583691', externalCustomerId: '17' },
      { sms: '380942583691', externalCustomerId: '17' },
    ],
    [{ contactId: 'x' }, {}],
  ])('by %j are those of whoever is %j', (query, named) => {
    expect(parseContactMessagesQuery(query, rule)).toEqual({ ...all, skip: 0, take: 500, named });
  });

  test.each([{}, { email: '' }, { contactId: ' ' }, { startindex: '1' }])('by %j are those of nobody', (query) => {
    expect(() => parseContactMessagesQuery(query, rule)).toThrow(/must be given/);
  });
});

test('what became of a message has the address that it went by, and a place that fits into an address', () => {
  const times = { createdAt: now, statusAt: now };
  const message = { requestId, contactId: 7, channel: 'email', status: 'UNDELIVERED', reason: 'x', ...times } as const;
  const contact = contactOf({ id: 7, email: 'a@b.co', sms: '380942583691', externalCustomerId: '17' });
  const activities: Activity[] = [{ message: { ...message, templateId: 3 }, contact, name: 'Order' }];

  const row = {
    iid: requestId,
    contactId: 7,
    externalCustomerId: '17',
    email: 'a@b.co',
    mediaType: 'email',
    messageId: 3,
    messageName: 'Order',
    activityStatus: 'UNDELIVERED',
    activityDateTime: now,
    statusDescription: 'x',
  };
  expect(contactMessagesBody(activities)).toEqual([row]);
  expect(activityBody(activities)).toEqual([{ ...row, offset: `${now}_${requestId}` }]);
});
