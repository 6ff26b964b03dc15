import { describe, expect, it } from 'vitest';
import { isSingleContact, parseContactUpdate, parseSingleContact } from '#contract/contacts/single-contact.ts';
import { parseSubscription } from '#contract/subscriptions/subscription.ts';
import { RollcallError } from '#domain/error.ts';

const rule = { defaultCountry: 'UA' };
const email = { type: 'email', value: 'Mail@Example.com' };
const refusalOf = (parse: () => unknown): string => {
  try {
    parse();
    return 'accepted';
  } catch (error) {
    if (error instanceof RollcallError) return `${error.code}: ${error.message}`;
    throw error;
  }
};

describe('one contact to add', () => {
  it('is read with its segments, without an id that it cannot choose', () => {
    const body = { id: 17, channels: email, firstName: 'John', groups: [{ name: 'News' }, { id: 8 }] };

    expect(parseSingleContact(body, rule)).toEqual({
      draft: { email: 'mail@example.com', firstName: 'John' },
      groupNames: ['News'],
      groupIds: [8],
      warnings: [],
    });
  });

  it.each([
    ['an e-mail address', { channels: [email] }],
    ['a phone number', { channels: [{ type: 'sms', value: '+380 94 258 36 91' }] }],
    ['a push token', { channels: [{ type: 'mobilepush', value: 't' }] }],
    ['your own id and no channel', { externalCustomerId: 17, channels: [] }],
  ])('is known by %s', (_what, body) => {
    expect(refusalOf(() => parseSingleContact(body, rule))).toBe('accepted');
  });

  it.each([
    ['nothing', {}],
    ['a name', { firstName: 'John' }],
    ['channels without a value', { channels: [{ type: 'email', value: '' }] }],
    ['a channel that nobody is found by', { channels: [{ type: 'viber', value: 'x' }] }],
    ['a blank id of your own', { externalCustomerId: ' ' }],
  ])('is refused that is known by %s', (_what, body) => {
    expect(refusalOf(() => parseSingleContact(body, rule))).toMatch(/^INVALID_REQUEST: The contact needs "channels"/);
  });
});

describe('a contact with a channel that is none', () => {
  const bad = [
    { type: 'email', value: 'nobody' },
    { type: 'sms', value: '12345' },
  ];

  it.each([
    ['an e-mail address', { channels: [bad[1], email] }],
    ['a phone number', { channels: [bad[0], { type: 'sms', value: '380942583691' }] }],
    ['a push token', { channels: [...bad, { type: 'mobilepush', value: 't' }] }],
    ['an externalCustomerId', { channels: bad, externalCustomerId: 'C-17' }],
  ])('is still known by %s', (_what, body) => {
    expect(parseSingleContact(body, rule).warnings.length).toBeGreaterThan(0);
    expect(parseSubscription({ contact: body }, rule).warnings.length).toBeGreaterThan(0);
  });

  it('is refused with what is wrong where nothing else is left', () => {
    const refusal = "INVALID_REQUEST: 'nobody' is not valid email; '12345' is not valid phone number";

    expect(refusalOf(() => parseSingleContact({ firstName: 'John', channels: bad }, rule))).toBe(refusal);
    expect(refusalOf(() => parseSubscription({ contact: { channels: bad } }, rule))).toBe(refusal);
  });
});

describe('an update', () => {
  it('may say nothing that is known', () => {
    expect(parseContactUpdate({ somethingElse: 1, groups: null }, rule)).toEqual({
      draft: {},
      groupNames: [],
      groupIds: [],
      warnings: [],
    });
  });

  it('clears texts by white space', () => {
    const { draft } = parseContactUpdate({ firstName: ' ', address: { town: ' ' }, contactKey: null }, rule);

    expect(draft).toEqual({ firstName: null, address: { town: null } });
  });

  it.each([null, [], 'John', 5])('is refused where the body is %j', (body) => {
    expect(refusalOf(() => parseContactUpdate(body, rule))).toBe('INVALID_REQUEST: The body must be a contact object');
  });

  it('may stand in a member contact, as in a subscription', () => {
    const body = { contact: { firstName: 'John', channels: email, groups: [{ id: 8 }] }, groups: ['News'] };

    expect(parseContactUpdate(body, rule)).toEqual({
      draft: { firstName: 'John', email: 'mail@example.com' },
      groupNames: ['News'],
      groupIds: [8],
      warnings: [],
    });
  });

  it('leaves out a bad e-mail address, as its contact is known by its id', () => {
    const body = { firstName: 'John', channels: [{ type: 'email', value: 'nobody' }] };

    const { draft, warnings } = parseContactUpdate(body, rule);

    expect(draft).toEqual({ firstName: 'John', untouched: ['email'] });
    expect(warnings).toMatchObject([
      { code: 'INVALID_EMAIL', message: "'nobody' is not valid email and was left out" },
    ]);
  });
});

it.each([
  [{ channels: [email] }, true],
  [{ firstName: 'John' }, true],
  [{ externalCustomerId: 'C-17' }, true],
  [{ channels: [email], contacts: null }, true],
  [{ channels: [email], contacts: [] }, false],
  [{ contacts: [{ channels: [email] }] }, false],
  [{ dedupeOn: 'email' }, false],
  [[], false],
  [null, false],
])('a body is told apart from a bulk request by its shape: %j', (body, isSingle) => {
  expect(isSingleContact(body)).toBe(isSingle);
});
