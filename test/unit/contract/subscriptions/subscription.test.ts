import { describe, expect, it } from 'vitest';
import { parseSubscription } from '#contract/subscriptions/subscription.ts';
import { RollcallError } from '#domain/error.ts';

const rule = { defaultCountry: 'UA' };
const email = { type: 'email', value: 'mail@example.com' };
const contact = { channels: [email] };
const parse = (about: object) => parseSubscription({ contact, ...about }, rule);
const refusalOf = (body: unknown): string => {
  try {
    parseSubscription(body, rule);
    return 'accepted';
  } catch (error) {
    if (error instanceof RollcallError) return `${error.code}: ${error.message}`;
    throw error;
  }
};

describe('a subscription', () => {
  it('of the mission is read with its contact, segments and form', () => {
    const channels = [email, { type: 'sms', value: '380942583691' }];
    const address = { town: 'London', region: 'West', address: 'First str. 1', postcode: '12345' };
    const fields = [{ id: '12345', value: '...' }];

    const read = parseSubscription(
      {
        contact: { channels, firstName: 'John', lastName: 'Smith', address, fields },
        groups: ['Subscribers'],
        formType: 'abc',
      },
      rule,
    );

    expect(read).toEqual({
      draft: {
        email: 'mail@example.com',
        sms: '380942583691',
        firstName: 'John',
        lastName: 'Smith',
        address,
        fields: [{ id: 12345, value: '...' }],
      },
      groupNames: ['Subscribers'],
      groupIds: [],
      formType: 'abc',
      warnings: [],
    });
  });

  it.each([
    ['an object for a list of channels', { contact: { channels: email } }],
    ['null groups, form and fields', { groups: null, formType: null, fields: null, subscriptions: null }],
    ['empty groups, form and fields', { groups: [], formType: '', fields: [], subscriptions: '' }],
    ['members that nobody knows', { dedupeOn: 'email', isTest: true }],
  ])('may have %s', (_what, about) => {
    expect(parse(about)).toEqual({ draft: { email: 'mail@example.com' }, groupNames: [], groupIds: [], warnings: [] });
  });

  it.each([
    ['names', ['News', ' News ', 'VIP'], ['News', 'VIP'], []],
    ['one name', 'News', ['News'], []],
    ['a number as a name', 17, ['17'], []],
    ['one object', { name: 'News' }, ['News'], []],
    ['objects with ids', [{ id: 7 }, { id: '8' }], [], [7, 8]],
    ['objects with both, which count by their name', [{ id: 7, name: 'News', type: 'Static' }], ['News'], []],
    ['blanks, which are nothing', ['', ' ', null, {}, { name: ' ' }], [], []],
  ])('joins segments by %s', (_what, groups, groupNames, groupIds) => {
    expect(parse({ groups })).toMatchObject({ groupNames, groupIds });
    expect(parse({ contact: { channels: [email], groups } })).toMatchObject({ groupNames, groupIds });
  });

  it('joins the segments of every place that names some', () => {
    const read = parse({
      contact: { channels: [email], groups: { name: 'A' } },
      groups: ['B'],
      subscriptions: ['weekly', 'B'],
    });

    expect(read.groupNames).toEqual(['B', 'A']);
    expect(read.categoryKeys).toEqual(['weekly', 'B']);
  });

  it('takes custom fields from beside the contact, and rather from within', () => {
    const within = { channels: [email], fields: { id: 1, value: 'within' } };

    const read = parse({
      contact: within,
      fields: [
        { id: 1, value: 'beside' },
        { id: 2, value: 'M' },
      ],
    });

    expect(read.draft.fields).toEqual([
      { id: 1, value: 'within' },
      { id: 2, value: 'M' },
    ]);
  });

  it.each([
    ['text', 'abc', 'abc'],
    ['text with blanks around', ' abc ', 'abc'],
    ['a list, of which the first counts', ['abc', 'def'], 'abc'],
    ['a number', 5, '5'],
    ['60 characters', 'x'.repeat(60), 'x'.repeat(60)],
    ['letters of any script', 'форма 1', 'форма 1'],
  ])('has a form type of %s', (_what, formType, expected) => {
    expect(parse({ formType }).formType).toBe(expected);
  });

  it.each([7, '7', 'x', 0])('says that it names a contact by the id %j, and does not read it', (id) => {
    const { namesId, draft } = parseSubscription({ contact: { ...contact, id } }, rule);

    expect([namesId, draft.id]).toEqual([true, undefined]);
  });

  it.each([null, '', ' ', [], [''], [null]])('has no form type where it is %j', (formType) => {
    expect(parse({ formType })).not.toHaveProperty('formType');
  });

  it.each([...'<>;’\\/|"`\'^?!,', '\n', '\u0000'])('refuses %j in a form type', (character) => {
    expect(refusalOf({ contact, formType: `a${character}b` })).toMatch(/^INVALID_REQUEST: formType must have none of/);
  });

  it.each([
    ['a form type of 61 characters', { formType: 'x'.repeat(61) }, 'formType must have at most 60 characters'],
    ['a form type that is an object', { formType: { a: 1 } }, 'formType must be text'],
    ['no contact', { contact: undefined }, 'The body must have the object "contact"'],
    ['a contact that is text', { contact: 'x' }, 'The body must have the object "contact"'],
    ['no channel', { contact: { firstName: 'John' } }, 'contact.channels must have'],
    [
      'a blank channel',
      { contact: { channels: [{ type: 'email', value: ' ' }] } },
      'contact.channels must have an e-mail address, a phone number or a push token',
    ],
    ['an id of your own but no channel', { contact: { externalCustomerId: 'C-17' } }, 'contact.channels must have'],
    [
      'a channel that nobody is found by',
      { contact: { channels: [{ type: 'viber', value: 'x' }] } },
      'contact.channels must have',
    ],
    [
      'a bad e-mail address',
      { contact: { channels: [{ type: 'email', value: 'nobody' }] } },
      "'nobody' is not valid email",
    ],
    [
      'a bad e-mail address and a bad phone number',
      {
        contact: {
          channels: [
            { type: 'email', value: 'nobody' },
            { type: 'sms', value: '1' },
          ],
        },
      },
      "'nobody' is not valid email; '1' is not valid phone number",
    ],
    ['a segment name that is too long', { groups: ['x'.repeat(101)] }, 'groups[0].name must have at most 100'],
    ['a segment that is a list', { groups: ['a', { name: { a: 1 } }] }, 'groups[1].name must be text'],
    ['too many segments', { groups: Array.from({ length: 101 }, (_, n) => `s${n}`) }, 'A contact joins at most 100'],
  ])('is refused with %s', (_what, about, message) => {
    expect(refusalOf({ contact, ...about })).toContain(`INVALID_REQUEST: ${message}`);
  });

  it.each([null, [], 'x', 5])('is refused where the body is %j', (body) => {
    expect(refusalOf(body)).toMatch(/^INVALID_REQUEST/);
  });

  it('is read without a name of which nothing can be kept, and says so', () => {
    const { draft, warnings } = parse({ contact: { channels: [email], firstName: '<br>', lastName: 'Smith' } });

    expect(draft).toEqual({ email: 'mail@example.com', lastName: 'Smith', untouched: ['firstName'] });
    expect(warnings).toMatchObject([
      { code: 'INVALID_NAME', message: "'<br>' is not valid firstName and was left out" },
    ]);
  });
});
