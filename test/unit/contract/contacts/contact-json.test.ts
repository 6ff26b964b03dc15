import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readContactLine } from '#contract/contacts/contact-json.ts';
import type { CustomField } from '#domain/fields/custom-field.ts';
import { unsuitableFields } from '#domain/files/contact-line.ts';

const problemsOf = (value: unknown) => readContactLine(value).errors.map(({ code, field }) => `${code} ${field}`);

const wholeLine = {
  firstname: 'Jane',
  lastname: 'Smith',
  email: 'Jane@Example.com',
  sms: '+38 094 258 36 91',
  town: 'London',
  region: 'West',
  address: 'First str. 1',
  postcode: 12345,
  timeZone: 'Etc/GMT+03',
  languageCode: 'en-us',
  externalCustomerId: 17,
  profileInputs: [{ profileInputId: '10001', value: 'gold' }],
  confirmed: false,
};

describe('the line of JSON about a contact in an event', () => {
  it('is read with every member that it can have', () => {
    const read = readContactLine(wholeLine);

    expect(read).toEqual({
      line: {
        draft: {
          firstName: 'Jane',
          lastName: 'Smith',
          email: 'jane@example.com',
          sms: '380942583691',
          address: { town: 'London', region: 'West', address: 'First str. 1', postcode: '12345' },
          timeZone: 'Etc/GMT+3',
          languageCode: 'en-US',
          externalCustomerId: '17',
          fields: [{ id: 10001, value: 'gold' }],
        },
        confirmed: false,
      },
      errors: [],
    });
  });

  it('is the same as escaped JSON in a text', () => {
    expect(readContactLine(JSON.stringify(wholeLine))).toEqual(readContactLine(wholeLine));
  });

  it('has member names in any case, unknown members, and one custom field without a list', () => {
    const read = readContactLine({ firstName: 'Jane', PROFILEINPUTS: { profileInputId: 1, value: 'x' }, more: {} });

    expect(read.line?.draft).toEqual({ firstName: 'Jane', fields: [{ id: 1, value: 'x' }] });
  });

  it.each([
    ['nothing about it', {}],
    ['true in a text', { confirmed: 'true' }],
    ['an empty text', { confirmed: '' }],
  ])('confirms where it has %s', (_, value) => {
    expect(readContactLine(value).line?.confirmed).toBe(true);
  });

  it('clears a text by white space and leaves what is empty as it is', () => {
    const { line } = readContactLine({ firstname: ' ', lastname: '', town: ' ', sms: null, region: null });

    expect(line?.draft).toEqual({ firstName: null, address: { town: null } });
  });

  it('has names of up to 60 characters', () => {
    expect(readContactLine({ firstname: 'a'.repeat(60) }).errors).toEqual([]);
    expect(problemsOf({ firstname: 'a'.repeat(61) })).toEqual(['INVALID_NAME firstname']);
  });

  it.each([
    ['a national phone number', { sms: '0942583691' }, 'INVALID_PHONE sms'],
    ['a bad address', { email: 'jane@' }, 'INVALID_EMAIL email'],
    ['an address that is an object', { email: { at: 'x' } }, 'INVALID_EMAIL email'],
    ['a bad language', { languageCode: '!' }, 'INVALID_MEMBER languageCode'],
    ['a town that is too long', { town: 'a'.repeat(256) }, 'INVALID_MEMBER town'],
    ['a town that is a list of objects', { town: [{}] }, 'INVALID_MEMBER town'],
    ['an id of a field that is no number', { profileInputs: [{ profileInputId: 'x', value: 'y' }] }, 'UNKNOWN_FIELD'],
    ['a field value that is an object', { profileInputs: [{ profileInputId: 1, value: {} }] }, 'INVALID_FIELD'],
    ['a confirmation that is neither', { confirmed: 'perhaps' }, 'INVALID_MEMBER confirmed'],
    ['a text that is not JSON', '{firstname}', 'NOT_AN_OBJECT contactJson'],
    ['a list', [], 'NOT_AN_OBJECT contactJson'],
    ['nothing', null, 'NOT_AN_OBJECT contactJson'],
  ])('is void with %s', (_, value, problem) => {
    const { line, errors } = readContactLine(value);

    expect(line).toBeUndefined();
    expect(errors.map(({ code, field }) => `${code} ${field}`)).toEqual([expect.stringContaining(problem)]);
  });

  it.each([
    ['a phone beside an address', { email: 'jane@example.com', sms: '12345' }, false, 'INVALID_PHONE sms'],
    ['an address beside a phone', { email: 'jane@', sms: '+380942583691' }, false, 'INVALID_EMAIL email'],
    [
      'both beside an id',
      { externalCustomerId: 7, email: 'x', sms: '1' },
      false,
      'INVALID_EMAIL email,INVALID_PHONE sms',
    ],
    ['a phone of a known contact', { firstname: 'Jane', sms: '0942583691' }, true, 'INVALID_PHONE sms'],
  ])('is taken without %s that is none', (_, value, isKnown, left) => {
    const { line, errors, warnings = [] } = readContactLine({ firstname: 'Jane', ...value }, { isKnown });

    expect(errors).toEqual([]);
    expect(line?.draft.firstName).toBe('Jane');
    expect(warnings.map(({ code, field }) => `${code} ${field}`).join()).toBe(left);
  });

  it('is void with anything else that is wrong, even if the contact is known', () => {
    const value = { email: 'jane@example.com', firstname: 'a'.repeat(61), sms: '12' };

    expect(readContactLine(value, { isKnown: true }).errors).toMatchObject([{ field: 'firstname' }]);
  });

  it('says everything that is wrong, by the names that it uses, and that nothing was left out', () => {
    const { errors } = readContactLine({
      firstname: '<!>',
      lastname: '<b>Lee</b>',
      email: 'x',
      sms: 'y',
      postcode: 'a'.repeat(256),
      profileInputs: [{ profileInputId: 'x', value: 'y' }],
    });

    expect(Object.fromEntries(errors.map(({ field, message }) => [field, message]))).toEqual({
      firstname: "'<!>' is not valid firstname",
      lastname: 'lastname has markup, a link or a template in it',
      postcode: 'postcode must have at most 255 characters',
      email: "'x' is not valid email",
      sms: "'y' is not valid phone number",
      'profileInputs[0].profileInputId': 'The id of the custom field is not a whole number',
    });
  });

  it('is never a reason to throw', () => {
    fc.assert(fc.property(fc.anything(), (value) => void readContactLine(value)));
  });
});

describe('the custom fields of such a line', () => {
  const birthday: CustomField = {
    id: 1,
    group: 'Personal',
    name: 'Birthday',
    key: 'BIRTHDAY',
    type: 'date',
    identifier: false,
  };
  const lineWith = (id: number, value: string) => ({ draft: { fields: [{ id, value }] }, confirmed: true });
  const problemsIn = (id: number, value: string) => unsuitableFields(lineWith(id, value), new Map([[1, birthday]]));

  it('void it where no such field exists, or where it cannot hold the value', () => {
    expect(problemsIn(2, 'x')).toMatchObject([{ code: 'UNKNOWN_FIELD', field: 'profileInputs.2' }]);
    expect(problemsIn(1, 'soon')).toMatchObject([{ code: 'INVALID_FIELD', field: 'profileInputs.1' }]);
  });

  it('leave it whole where they suit or clear the field', () => {
    expect(problemsIn(1, '2001/02/03')).toEqual([]);
    expect(problemsIn(1, ' ')).toEqual([]);
  });
});
