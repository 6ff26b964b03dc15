import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readContact } from '#contract/contacts/contact-draft.ts';

const rule = { defaultCountry: 'UA', readsId: false };
const read = (contact: unknown) => readContact(contact, rule);
const problemsOf = (contact: unknown) => read(contact).errors.map(({ code, field }) => `${code} ${field}`);

describe('reading a contact', () => {
  it("takes the mission's example", () => {
    const { draft, errors, warnings } = read({
      channels: [
        { type: 'email', value: 'mail@example.com' },
        { type: 'sms', value: '380942583691' },
      ],
      firstName: 'John',
      lastName: 'Smith',
      address: { town: 'London', region: 'West', address: 'First str. 1', postcode: '12345' },
      fields: [{ id: '12345', value: '...' }],
    });

    expect({ errors, warnings }).toEqual({ errors: [], warnings: [] });
    expect(draft).toEqual({
      email: 'mail@example.com',
      sms: '380942583691',
      firstName: 'John',
      lastName: 'Smith',
      address: { town: 'London', region: 'West', address: 'First str. 1', postcode: '12345' },
      fields: [{ id: 12345, value: '...' }],
    });
  });

  it.each([
    ['one channel without a list', { channels: { type: 'email', value: 'A@B.co' } }, { email: 'a@b.co' }],
    [
      'a channel type in spaces and capitals',
      { channels: [{ type: ' Email ', value: 'a@b.co' }] },
      { email: 'a@b.co' },
    ],
    [
      'blank channels as none',
      {
        channels: [
          { type: 'sms', value: ' ' },
          { type: 'email', value: '' },
        ],
      },
      {},
    ],
    ['the last of two addresses', { channels: [email('a@b.co'), email('c@d.co')] }, { email: 'c@d.co' }],
    [
      'numbers as texts',
      { externalCustomerId: 17, address: { postcode: 1001 } },
      { externalCustomerId: '17', address: { postcode: '1001' } },
    ],
    ['texts in spaces', { contactKey: ' k ', externalCustomerId: ' 7 ' }, { contactKey: 'k', externalCustomerId: '7' }],
    [
      'white space as a wish to clear',
      { firstName: ' ', languageCode: '  ', address: { town: ' ' } },
      { firstName: null, languageCode: null, address: { town: null } },
    ],
    ['a blank external id as none', { externalCustomerId: ' ' }, {}],
    ['null and "" as absent', { firstName: null, lastName: '', address: {}, fields: [], id: null }, {}],
    ['language codes in their case', { languageCode: 'EN_us' }, { languageCode: 'en-US' }],
    ['padded time zones', { timeZone: 'Etc/GMT+03' }, { timeZone: 'Etc/GMT+3' }],
    [
      'fields by id, the last of two',
      { fields: [field(2, 'b'), field(1, 'a'), field(2, 'c')] },
      { fields: [field(1, 'a'), field(2, 'c')] },
    ],
    ['a list of checked values', { fields: [{ id: 1, value: ['a', 'b'] }] }, { fields: [field(1, 'a,b')] }],
    ['a field to clear', { fields: [field(1, ' ')] }, { fields: [field(1, ' ')] }],
    [
      'orders',
      { ordersInfo: { lastDate: '2026-01-05T10:00:00', count: '3' } },
      { ordersInfo: { lastDate: '2026-01-05T10:00:00', count: 3 } },
    ],
    ['tokens once each', { channels: [token('t'), token('t'), token('u')] }, { tokens: [token('t'), token('u')] }],
    ['nothing of an id that does not count', { id: 'abc' }, {}],
    ['nothing of what it does not know', { groups: null, addressBookId: 1, hobbies: ['x'] }, {}],
  ])('takes %s', (_, contact, draft) => {
    expect(read(contact)).toEqual({ draft, errors: [], warnings: [] });
  });

  it.each([
    ['a number', 5, ['NOT_AN_OBJECT contact']],
    ['nothing', null, ['NOT_AN_OBJECT contact']],
    ['a list', [], ['NOT_AN_OBJECT contact']],
    ['an unknown channel', { channels: [{ type: 'fax', value: '1' }] }, ['INVALID_CHANNEL channels[0].type']],
    ['a channel that is text', { channels: 'a@b.co' }, ['INVALID_CHANNEL channels[0]']],
    ['a channel without a type', { channels: [{ value: 'a@b.co' }] }, ['INVALID_CHANNEL channels[0].type']],
    ['too many channels', { channels: Array(101).fill(token('t')) }, ['TOO_LARGE channels']],
    ['too many fields', { fields: Array(501).fill(field(1, 'x')) }, ['TOO_LARGE fields']],
    ['a text that is an object', { firstName: {} }, ['INVALID_MEMBER firstName']],
    ['a text that is too long', { contactKey: 'k'.repeat(256) }, ['INVALID_MEMBER contactKey']],
    ['an external id too long', { externalCustomerId: 'k'.repeat(101) }, ['INVALID_MEMBER externalCustomerId']],
    [
      'an external id that JSON has already changed',
      { externalCustomerId: 2 ** 63 },
      ['INVALID_MEMBER externalCustomerId'],
    ],
    ['an address that is a list', { address: [1] }, ['INVALID_MEMBER address']],
    [
      'everything that is wrong at once',
      {
        channels: [email('x'), { type: 'sms', value: 'y' }, { type: 'fax', value: '1' }],
        contactKey: {},
        address: { town: {} },
      },
      [
        'INVALID_MEMBER contactKey',
        'INVALID_MEMBER address.town',
        'INVALID_CHANNEL channels[2].type',
        'INVALID_EMAIL email',
        'INVALID_PHONE sms',
      ],
    ],
  ])('refuses %s', (_, contact, problems) => {
    expect(problemsOf(contact)).toEqual(problems);
    expect(read(contact).draft).toBeUndefined();
  });

  it.each([
    [
      'a name that is none',
      { firstName: '<>', lastName: 'Smith' },
      { lastName: 'Smith', untouched: ['firstName'] },
      ['INVALID_NAME firstName'],
    ],
    ['a bad language', { languageCode: '!!' }, { untouched: ['languageCode'] }, ['INVALID_MEMBER languageCode']],
    ['a field without a usable id', { fields: [field('x', 'y')] }, {}, ['UNKNOWN_FIELD fields[0].id']],
    ['a value far too long', { fields: [field(1, 'y'.repeat(5001))] }, {}, ['INVALID_FIELD fields[0]']],
  ])('leaves out %s with a warning', (_, contact, draft, warnings) => {
    const found = read(contact);

    expect(found.draft).toEqual(draft);
    expect(found.warnings.map(({ code, field }) => `${code} ${field}`)).toEqual(warnings);
  });

  it.each([
    ['an address', [email('nope'), phone('380942583691')], { sms: '380942583691' }, 'INVALID_EMAIL email'],
    ['a phone', [email('a@b.co'), phone('12345')], { email: 'a@b.co' }, 'INVALID_PHONE sms'],
    ['a phone of zeros', [email('a@b.co'), phone('0000000000')], { email: 'a@b.co' }, 'NO_VALUE sms'],
    ['a phone that is an object', [email('a@b.co'), phone({})], { email: 'a@b.co' }, 'INVALID_PHONE sms'],
    [
      'a token that no key can hold',
      [token('ключ'), email('a@b.co')],
      { email: 'a@b.co' },
      'INVALID_CHANNEL mobilepush',
    ],
    ['an address far too long', [email(`${'a'.repeat(5000)}@b.co`)], {}, 'INVALID_EMAIL email'],
    ['a device that is text', [{ ...token('t'), device: 'x' }], { tokens: [token('t')] }, 'INVALID_CHANNEL mobilepush'],
  ])('leaves out %s, whatever else there is, and what is stored of it', (_, channels, draft, problem) => {
    const found = read({ channels });
    const [, member] = problem.split(' ');

    expect(found.draft).toEqual({ ...draft, ...(!('tokens' in draft) && { untouched: [member] }) });
    expect(found.warnings.map(({ code, field }) => `${code} ${field}`)).toEqual([problem]);
  });

  it('takes the good one of two addresses, wherever the bad one stands', () => {
    for (const channels of [
      [email('a@b.co'), email('nope')],
      [email('nope'), email('a@b.co')],
    ]) {
      expect(read({ channels }).draft).toEqual({ email: 'a@b.co' });
    }
  });

  it('keeps to the naming rules of the vendor where the stage says so', () => {
    const { draft, warnings } = readContact(
      { firstName: 'first_name', lastName: 'Smith' },
      { ...rule, strictNames: true },
    );

    expect(draft).toEqual({ lastName: 'Smith', untouched: ['firstName'] });
    expect(warnings).toMatchObject([{ code: 'INVALID_NAME', field: 'firstName' }]);
  });

  it('says what is not kept of a name', () => {
    const { draft, warnings } = read({ firstName: '<b>Ann</b>', lastName: `Smith ${'and '.repeat(10)}` });

    expect(draft).toEqual({ firstName: 'Ann', lastName: 'Smith and and and and and and and and' });
    expect(warnings.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      'NAME_CHANGED: firstName has markup, a link or a template in it, which was left out',
      'NAME_CHANGED: lastName has more than 40 characters and was cut',
    ]);
  });

  it('reads the id only where it counts', () => {
    expect(readContact({ id: '42' }, { ...rule, readsId: true }).draft).toEqual({ id: 42 });
    expect(readContact({ id: 'x' }, { ...rule, readsId: true }).errors).toMatchObject([
      { code: 'INVALID_MEMBER', field: 'id' },
    ]);
  });

  it('refuses a contact larger than a contact may be', () => {
    const fields = Array.from({ length: 25 }, (_, index) => field(index + 1, 'x'.repeat(4500)));

    expect(problemsOf({ fields })).toEqual(['TOO_LARGE contact']);
  });

  it('keeps of a device what is simple, and no more', () => {
    const device = JSON.parse(
      `{"appId":"a","active":true,"huge":1e200,"tiny":1e-200,"negative":-1e-131,"__proto__":{"x":1},"deep":{"a":1},"note":"${'x'.repeat(501)}"}`,
    );

    const { draft } = read({ channels: [{ type: 'mobilepush', value: 't', device }] });

    expect(draft?.tokens).toEqual([{ type: 'mobilepush', value: 't', device: { appId: 'a', active: true } }]);
  });

  it('survives nesting without end', () => {
    const deep = JSON.parse(`${'['.repeat(200_000)}${']'.repeat(200_000)}`);

    expect(problemsOf({ firstName: deep, channels: deep, fields: deep })).not.toEqual([]);
  });

  it('never throws, and says either a draft or why there is none', () => {
    const contact = fc.record(
      Object.fromEntries(
        ['id', 'channels', 'firstName', 'fields', 'address', 'languageCode', 'ordersInfo', '__proto__'].map((name) => [
          name,
          fc.jsonValue(),
        ]),
      ),
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), contact), (value) => {
        const { draft, errors } = readContact(value, { ...rule, readsId: true });

        expect(draft === undefined).toBe(errors.length > 0);
      }),
    );
  });
});

function email(value: string) {
  return { type: 'email', value };
}

function phone(value: unknown) {
  return { type: 'sms', value };
}

function token(value: string) {
  return { type: 'mobilepush', value };
}

function field(id: number | string, value: string) {
  return { id, value };
}
