import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAddContacts } from '#contract/imports/add-contacts.ts';
import { RollcallError } from '#domain/error.ts';

const john = { channels: [{ type: 'email', value: 'john@example.com' }] };
const phone = (value: string) => ({ type: 'sms', value });
const parse = (body: unknown) => parseAddContacts(body, { defaultCountry: 'UA' });
const settingsOf = (about: object) => parse({ contacts: [john], ...about }).settings;

const refusalOf = (body: unknown): string => {
  try {
    parse(body);
  } catch (error) {
    if (error instanceof RollcallError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'accepted';
};

describe('the settings of a bulk request', () => {
  it('have their defaults', () => {
    expect(settingsOf({})).toEqual({
      dedupeOn: 'email',
      customFieldsIDs: [],
      groupNames: [],
      groupNamesExclude: [],
      restoreDeleted: false,
    });
  });

  it.each([
    ['an alias', { dedupeOn: 'mobilepush' }, { dedupeOn: 'push' }],
    ['phone for sms', { dedupeOn: 'phone' }, { dedupeOn: 'sms' }],
    ['email_or_phone', { dedupeOn: 'email_or_phone' }, { dedupeOn: 'email_or_sms' }],
    ['null as absent', { dedupeOn: null, contactFields: null, eventKeyForNewContacts: null }, { dedupeOn: 'email' }],
    ['a field to match by', { dedupeOn: 'fieldId', fieldId: '7' }, { dedupeOn: 'fieldId', fieldId: 7 }],
    ['a mask', { contactFields: ['sms', 'sms', 'email'] }, { contactFields: ['sms', 'email'] }],
    ['field ids as text', { customFieldsIDs: ['12345', 7] }, { customFieldsIDs: [12345, 7] }],
    ['a single name', { groupNames: 'VIP' }, { groupNames: ['VIP'] }],
    ['names as objects', { groupNames: { name: 'VIP' } }, { groupNames: ['VIP'] }],
    ['names once, whatever their case', { groupNames: [' VIP ', 'vip', ' ', 'New'] }, { groupNames: ['VIP', 'New'] }],
    [
      'exclusion over addition',
      { groupNames: ['A', 'B'], groupNamesExclude: ['b '] },
      { groupNames: ['A'], groupNamesExclude: ['b'] },
    ],
    ['true as text', { restoreDeleted: 'true' }, { restoreDeleted: true }],
    ['true as a number', { restoreDeleted: 1 }, { restoreDeleted: true }],
    ['an event key', { eventKeyForNewContacts: 'new_Contact-1' }, { eventKeyForNewContacts: 'new_Contact-1' }],
  ])('take %s', (_, about, expected) => {
    expect(settingsOf(about)).toMatchObject(expected);
  });

  it('have no field to match by where another value counts', () => {
    expect(settingsOf({ dedupeOn: 'email', fieldId: 0 })).not.toHaveProperty('fieldId');
  });

  it.each([
    ['an unknown dedupeOn', { dedupeOn: 'name' }, /^INVALID_REQUEST: dedupeOn must be one of email, sms/],
    ['a missing field', { dedupeOn: 'fieldId' }, /fieldId must name a custom field/],
    ['an unknown member in the mask', { contactFields: ['email', 'phone'] }, /contactFields\[1\] must be one of/],
    ['a field id that is none', { customFieldsIDs: ['x'] }, /customFieldsIDs\[0\] must be a number/],
    ['a name too long', { groupNames: ['x'.repeat(101)] }, /groupNames\[0\] must have at most 100 characters/],
    ['an event key with a space', { eventKeyForNewContacts: 'new contact' }, /eventKeyForNewContacts must match/],
    ['an event key that is not Latin', { eventKeyForNewContacts: 'новий' }, /eventKeyForNewContacts must match/],
    ['a flag that is none', { restoreDeleted: 'maybe' }, /restoreDeleted must be true or false/],
  ])('refuse %s', (_, about, message) => {
    expect(refusalOf({ contacts: [john], ...about })).toMatch(message);
  });

  it('name everything that is wrong at once', () => {
    expect(refusalOf({ contacts: [john], dedupeOn: 'x', restoreDeleted: 'x' })).toMatch(/dedupeOn .*; restoreDeleted /);
  });
});

describe('the contacts of a bulk request', () => {
  it.each([1, 3000])('may be %i', (count) => {
    expect(parse({ contacts: Array(count).fill(john) }).rows).toHaveLength(count);
  });

  it.each([
    ['none', { contacts: [] }, 'has 0'],
    ['absent', {}, 'has 0'],
    ['null', { contacts: null }, 'has 0'],
    ['text', { contacts: 'x' }, 'has 0'],
    ['too many', { contacts: Array(3001).fill(john) }, 'has 3001'],
  ])('may not be %s', (_, body, words) => {
    expect(refusalOf(body)).toBe(`INVALID_REQUEST: contacts must have 1 to 3000 contacts, and ${words}`);
  });

  it('may be one without a list', () => {
    expect(parse({ contacts: john }).rows).toEqual([{ row: 1, draft: { email: 'john@example.com' } }]);
  });

  it.each([null, 5, 'x', [john]])('are not a body like %j', (body) => {
    expect(refusalOf(body)).toMatch(/^INVALID_REQUEST: The body must be an object .* like \{"contacts": \[\{/);
  });

  it('become rows, failed ones with their values and in failedContacts', () => {
    const bad = {
      firstName: 'Ann',
      externalCustomerId: 7,
      channels: [{ type: 'email', value: 'nope' }],
      fields: [{ id: '9', value: 'x' }],
    };

    const { rows, failedContacts } = parse({ contacts: [john, bad] });

    const error = { code: 'INVALID_EMAIL', field: 'email', message: "'nope' is not valid email" };
    expect(rows).toEqual([
      { row: 1, draft: { email: 'john@example.com' } },
      { row: 2, errors: [error], values: { firstName: 'Ann', externalCustomerId: '7', email: 'nope', '9': 'x' } },
    ]);
    expect(failedContacts).toEqual([
      {
        index: 1,
        firstName: 'Ann',
        externalCustomerId: '7',
        channels: [{ type: 'email', value: 'nope' }],
        errors: [error],
      },
    ]);
  });

  it.each([
    ['email', [...john.channels, phone('12345')], {}],
    ['email', [...john.channels, phone('12345')], { externalCustomerId: '7' }],
    ['sms', [{ type: 'email', value: 'nope' }, phone('380942583691')], {}],
    ['email_or_sms', [...john.channels, phone('12345')], {}],
    ['email_or_sms', [{ type: 'email', value: 'nope' }, phone('380942583691')], {}],
    ['externalCustomerId', [{ type: 'email', value: 'nope' }, phone('12345')], { externalCustomerId: '7' }],
    [
      'push',
      [
        { type: 'email', value: 'nope' },
        { type: 'mobilepush', value: 't' },
      ],
      {},
    ],
  ])('are saved by dedupeOn %s without a channel beside it that is none: %j, %j', (dedupeOn, channels, about) => {
    const { rows, failedContacts } = parse({ contacts: [{ channels, ...about }], dedupeOn });

    expect(failedContacts).toEqual([]);
    expect(rows.map((row) => ('draft' in row ? row.warnings?.[0]?.code : 'refused'))).toEqual([
      expect.stringMatching(/^INVALID_(EMAIL|PHONE)$/),
    ]);
  });

  it.each([
    ['email', [{ type: 'email', value: 'nope' }, phone('380942583691')], 'INVALID_EMAIL'],
    ['sms', [...john.channels, phone('12345')], 'INVALID_PHONE'],
    ['email_or_sms', [{ type: 'email', value: 'nope' }, phone('12345')], 'INVALID_EMAIL'],
    ['push', [...john.channels, { type: 'mobilepush', value: 'ключ' }], 'INVALID_CHANNEL'],
  ])('fail whose value of dedupeOn %s is none: %j', (dedupeOn, channels, code) => {
    const { failedContacts } = parse({ contacts: [{ channels }], dedupeOn });

    expect(failedContacts[0]?.errors[0]).toMatchObject({ code });
  });

  it('carry their warnings into the import', () => {
    const { rows, failedContacts } = parse({ contacts: [{ ...john, firstName: '<>' }] });

    expect(rows).toMatchObject([{ row: 1, warnings: [{ code: 'INVALID_NAME', field: 'firstName' }] }]);
    expect(failedContacts).toEqual([]);
  });

  it.each([
    ['email', { firstName: 'Ann' }],
    ['sms', john],
    ['push', john],
    ['id', john],
    ['externalCustomerId', john],
    ['email_or_sms', { channels: [{ type: 'mobilepush', value: 't' }] }],
  ])('fail without the value of dedupeOn %s', (dedupeOn, contact) => {
    const { failedContacts } = parse({ contacts: [contact], dedupeOn });

    expect(failedContacts[0]?.errors).toMatchObject([{ code: 'MISSING_DEDUPE_VALUE', field: dedupeOn }]);
  });

  it.each(['email', 'sms', 'push', 'id'])('need no value of dedupeOn %s beside an externalCustomerId', (dedupeOn) => {
    expect(parse({ contacts: [{ externalCustomerId: 'x' }], dedupeOn }).failedContacts).toEqual([]);
  });

  it('are matched by id where dedupeOn says so', () => {
    expect(parse({ contacts: [{ id: '42' }], dedupeOn: 'id' }).rows).toEqual([{ row: 1, draft: { id: 42 } }]);
  });

  it('are refused together where their errors would not fit one answer', () => {
    const channels = Array.from({ length: 20 }, () => ({ type: 'x'.repeat(60), value: 'v' }));

    expect(refusalOf({ contacts: Array(3000).fill({ channels }) })).toMatch(/too many to be listed in one answer/);
  });

  it('become exactly one row each, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.jsonValue(), fc.constant(john)), { minLength: 1, maxLength: 20 }),
        (contacts) => {
          const { rows, failedContacts } = parse({ contacts });

          expect(rows.map(({ row }) => row)).toEqual(contacts.map((_, index) => index + 1));
          expect(failedContacts.map(({ index }) => index + 1)).toEqual(
            rows.filter((row) => 'errors' in row).map(({ row }) => row),
          );
        },
      ),
    );
  });
});
