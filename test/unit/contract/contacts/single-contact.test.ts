import { describe, expect, it } from 'vitest';
import { isSingleContact, parseContactUpdate, parseSingleContact } from '#contract/contacts/single-contact.ts';
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

  it('is refused as a whole for a bad e-mail address', () => {
    const body = { firstName: 'John', channels: [{ type: 'email', value: 'nobody' }] };

    expect(refusalOf(() => parseContactUpdate(body, rule))).toBe("INVALID_REQUEST: 'nobody' is not valid email");
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
