import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isVersion2, parseEvent } from '#contract/events/event-request.ts';
import { RollcallError } from '#domain/error.ts';
import { identifiersOf, identitiesInEvent } from '#identity/event-identifiers.ts';

const read = (body: unknown, isStrict = true) => parseEvent(body, { defaultCountry: 'UA', isStrict });
const refusalOf = (body: unknown, isStrict = true): string => {
  try {
    read(body, isStrict);
  } catch (error) {
    if (error instanceof RollcallError && error.code === 'INVALID_REQUEST') return error.message;
    throw error;
  }
  return 'taken';
};
const eventWith = (...params: readonly [name: unknown, value: unknown][]) => ({
  eventTypeKey: 'cartAbandoned',
  keyValue: 'cart 1',
  params: params.map(([name, value]) => ({ name, value })),
});
const versions = [
  ['version 1', false],
  ['version 2', true],
] as const;

describe.each(versions)('an event of %s', (_, isStrict) => {
  it('is read with its key and its parameters by name', () => {
    const body = eventWith(['email', 'Mail@Example.com'], ['note', '']);

    expect(read(body, isStrict)).toEqual({
      eventTypeKey: 'cartAbandoned',
      keyValue: 'cart 1',
      params: { email: 'Mail@Example.com', note: '' },
      identifiers: { email: 'mail@example.com' },
      warnings: [],
    });
  });

  it.each([
    ['parameters under another name', { parameters: [{ name: 'a', value: 'b' }] }, { a: 'b' }],
    ['one parameter without a list', { params: { name: 'a', value: 'b' } }, { a: 'b' }],
    ['no parameters', {}, {}],
    ['an empty list', { params: [] }, {}],
    ['null', { params: null }, {}],
    ['a parameter without a value', { params: [{ name: 'a' }, { name: 'b', value: null }] }, {}],
    ['unknown members', { params: [{ name: 'a', value: 'b', more: 1 }], more: 1 }, { a: 'b' }],
    ['a number for a name', { params: [{ name: 1, value: 'b' }] }, { '1': 'b' }],
  ])('may have %s', (_, about, params) => {
    expect(read({ eventTypeKey: 'a', keyValue: 'k', ...about }, isStrict).params).toEqual(params);
  });

  it('has keys that were numbers', () => {
    const { eventTypeKey, keyValue } = read({ eventTypeKey: 17, keyValue: 18 }, isStrict);

    expect([eventTypeKey, keyValue]).toEqual(['17', '18']);
  });

  it.each([
    ['no object', 'event', 'The body must be an event object'],
    ['no type', { keyValue: 'k' }, 'eventTypeKey must be text'],
    ['a blank type', { eventTypeKey: ' ', keyValue: 'k' }, 'eventTypeKey must have at least 1 characters'],
    ['a long type', { eventTypeKey: 'a'.repeat(101), keyValue: 'k' }, 'eventTypeKey must have at most 100 characters'],
    ['a long key', { eventTypeKey: 'a', keyValue: 'k'.repeat(301) }, 'keyValue must have at most 300 characters'],
    ['two parameters of a name', eventWith(['a', 1], ['a', 2]), "params must have unique names, and 'a' comes twice"],
    ['a parameter without a name', eventWith([' ', 1]), 'params[0].name must be text of 1 to 100 characters'],
    ['a parameter that is text', { ...eventWith(), params: ['a'] }, 'params[0].name must be text of 1 to 100'],
    [
      'more than 100 parameters',
      eventWith(...Array.from({ length: 101 }, (_, index): [string, string] => [`p${index}`, ''])),
      'params must have at most 100 items',
    ],
    ['a number that lost digits', eventWith(['id', 2 ** 60]), "The number of parameter 'id' has lost digits"],
    ['neither key nor identifier', { eventTypeKey: 'a', params: [{ name: 'town', value: 'x' }] }, 'keyValue must be'],
    ['a value nested too deep', eventWith(['a', nested(21)]), "The value of parameter 'a' is nested more than 20 deep"],
  ])('is refused with %s', (_, body, message) => {
    expect(refusalOf(body, isStrict)).toContain(message);
  });

  it('is never a reason for an error of ours', () => {
    fc.assert(fc.property(fc.jsonValue(), (body) => void refusalOf(body, isStrict)));
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        refusalOf(eventWith(['contactJson', value], ['email', value]), isStrict);
      }),
    );
  });
});

function nested(depth: number): unknown {
  return depth === 0 ? 1 : [nested(depth - 1)];
}

describe('the key of an event that comes without one', () => {
  const all = {
    PushToken: 'token',
    Phone: '+380942583691',
    useremail: 'Mail@Example.com',
    ExternalCustomerId: 'C-17',
    contact_id: 7,
  };
  const keyOf = (params: object) => read({ ...eventWith(...Object.entries(params)), keyValue: '' }).keyValue;

  it('is cut to its length between characters', () => {
    const key = keyOf({ ExternalCustomerId: `x${'🎉'.repeat(300)}` });

    expect([key.length, key.isWellFormed()]).toEqual([300, true]);
  });

  it('is the identifier that counts first', () => {
    const { contact_id, ExternalCustomerId, useremail, Phone, ...rest } = all;

    expect(keyOf(all)).toBe('7');
    expect(keyOf({ ...rest, Phone, useremail, ExternalCustomerId })).toBe('C-17');
    expect(keyOf({ ...rest, Phone, useremail })).toBe('mail@example.com');
    expect(keyOf({ ...rest, Phone })).toBe('+380942583691');
    expect(keyOf(rest)).toBe('token');
    expect([contact_id, ExternalCustomerId, useremail, Phone]).toHaveLength(4);
  });

  it('is no longer than a key may be, and may have the characters that an address has', () => {
    expect(keyOf({ PushToken: 'a'.repeat(400) })).toHaveLength(300);
    expect(keyOf({ email: "o'brien@example.com" })).toBe("o'brien@example.com");
  });
});

describe('whom an event is about', () => {
  const about = (params: Record<string, unknown>) => identifiersOf(params, { defaultCountry: 'UA' });

  it.each([
    ['ContactId', '7', { contactId: 7 }],
    ['Contact_id', 7, { contactId: 7 }],
    ['externalCustomerId', 17, { externalCustomerId: '17' }],
    ['Email', ' A@B.co ', { email: 'a@b.co' }],
    ['EmailAddress', 'a@b.co', { email: 'a@b.co' }],
    ['UserEmail', 'a@b.co', { email: 'a@b.co' }],
    ['ContactEmail', 'a@b.co', { email: 'a@b.co' }],
    ['Phone', '0942583691', { sms: '380942583691' }],
    ['SMS', '380942583691', { sms: '380942583691' }],
    ['phonenumber', 380942583691, { sms: '380942583691' }],
    ['MobPushToken', 'token', { pushToken: 'token' }],
    ['TelegramBotToken', 'token', { pushToken: 'token' }],
    ['ContactId', '007', {}],
    ['contactId', 'C-17', {}],
    ['email', 'nobody', {}],
    ['email', { at: 'a@b.co' }, {}],
    ['phone', '', {}],
    ['town', 'a@b.co', {}],
  ])('is read from %s: %j', (name, value, identifiers) => {
    expect(about({ [name]: value })).toEqual(identifiers);
  });

  it('is the first usable of several parameters of a kind', () => {
    expect(about({ UserEmail: 'c@d.co', EmailAddress: 'a@b.co', Email: 'nobody' })).toEqual({ email: 'a@b.co' });
  });

  it('is anyone of several kinds that is right, whatever the others are', () => {
    expect(about({ email: 'a@b.co', phone: '12345' })).toEqual({ email: 'a@b.co' });
    expect(about({ email: 'nobody', phone: '380942583691' })).toEqual({ sms: '380942583691' });
  });

  it('is looked for in the key, too, by whoever erases', () => {
    const identities = identitiesInEvent(
      { keyValue: 'A@b.co', params: { phone: '380942583691' } },
      { defaultCountry: 'UA' },
    );

    expect(identities).toEqual([
      { type: 'SMS', value: '380942583691' },
      { type: 'EMAIL', value: 'a@b.co' },
    ]);
  });
});

describe('version 2', () => {
  it('is told by the path', () => {
    expect(['/api/v2/event', '/api/v2/past_events/', '/api/v1/event'].map(isVersion2)).toEqual([true, true, false]);
  });

  it('keeps JSON as it is, where version 1 makes text of it and says so', () => {
    const body = eventWith(['cart', { items: [1, '2'] }], ['total', 10.5], ['isNew', true]);

    expect(read(body).params).toEqual({ cart: { items: [1, '2'] }, total: 10.5, isNew: true });
    expect(read(body, false).params).toEqual({ cart: '{"items":[1,"2"]}', total: '10.5', isNew: 'true' });
    expect(read(body, false).warnings.map(({ field }) => field)).toEqual(['params[0]']);
  });

  it.each(['<', '>', ';', '’', '\\', '/', '|', '"', '`', "'", '^', '?', '!', ','])(
    'refuses %s in keys, which version 1 takes with a warning',
    (character) => {
      const typed = { eventTypeKey: `a${character}`, keyValue: 'k' };
      const keyed = { eventTypeKey: 'a', keyValue: `k${character}` };

      expect(refusalOf(typed)).toContain('eventTypeKey must have none of');
      expect(refusalOf(keyed)).toContain('keyValue must have none of');
      expect(read(typed, false).warnings.map(({ field }) => field)).toEqual(['eventTypeKey']);
      expect(read(keyed, false).warnings.map(({ field }) => field)).toEqual(['keyValue']);
    },
  );

  it.each([' ', 'null', ' NULL '])('leaves out an externalCustomerId that is %j, which version 1 does not', (id) => {
    const body = { ...eventWith(['externalCustomerId', id], ['email', 'a@b.co']), keyValue: null };

    expect(read(body)).toMatchObject({
      keyValue: 'a@b.co',
      params: { email: 'a@b.co' },
      identifiers: { email: 'a@b.co' },
    });
    expect(read(body, false).params).toHaveProperty('externalCustomerId', id);
  });

  it('checks contactJson, as text and as an object, and says everything that is wrong with it', () => {
    const bad = { firstname: '<b>', sms: '12' };

    for (const value of [bad, JSON.stringify(bad)]) {
      expect(refusalOf(eventWith(['contactJson', value]))).toBe(
        "contactJson is not valid: sms: '12' is not valid phone number; firstname: '<b>' is not valid firstname",
      );
      expect(refusalOf(eventWith(['contactJson', value]), false)).toBe('taken');
      expect(refusalOf(eventWith(['json', value]))).toBe('taken');
    }
    expect(read(eventWith(['contactJson', { firstname: 'Jane' }])).line?.draft).toEqual({ firstName: 'Jane' });
  });

  it('takes a contactJson with a phone that is none beside its address, and warns of it', () => {
    const { line, warnings } = read(eventWith(['contactJson', { email: 'a@b.co', sms: '12345' }]));

    expect(line?.draft).toMatchObject({ email: 'a@b.co' });
    expect(warnings).toMatchObject([{ code: 'INVALID_PHONE', field: 'params.contactJson.sms' }]);
  });
});
