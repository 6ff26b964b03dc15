import { describe, expect, it } from 'vitest';
import { parseContactIds } from '#contract/contacts/contact-emails.ts';
import { deletedSentence, deleteExternalQuery, deleteQuery } from '#contract/contacts/delete-contact.ts';
import { contactRowsBody } from '#contract/contacts/search-contacts.ts';
import { parse } from '#contract/parse.ts';
import { parseUnsubscribedEmails } from '#contract/subscriptions/unsubscribed-emails.ts';
import { submittedIdentities } from '#identity/submitted-identities.ts';
import { bareContact } from '#test/support/contacts/bare-contact.ts';

describe('a deletion', () => {
  it.each([
    ['true', true],
    ['1', true],
    ['TRUE', true],
    ['false', false],
    ['0', false],
    ['', false],
    [undefined, false],
  ])('with erase=%s erases: %s', (erase, expected) => {
    const query = erase === undefined ? {} : { erase };

    expect(parse(deleteQuery, query)).toEqual({ erase: expected });
    expect(parse(deleteExternalQuery, { ...query, externalCustomerId: ' C-17 ' })).toEqual({
      erase: expected,
      externalCustomerId: 'C-17',
    });
  });

  it('refuses an erase that is neither yes nor no, rather than guess', () => {
    expect(() => parse(deleteQuery, { erase: 'yes' })).toThrow('erase must be true or false');
  });

  it.each([{}, { externalCustomerId: '' }, { externalCustomerId: '  ' }, { externalCustomerId: 'x'.repeat(101) }])(
    'without a usable externalCustomerId is refused: %j',
    (query) => {
      expect(() => parse(deleteExternalQuery, query)).toThrow(/externalCustomerId must/);
    },
  );

  it('is answered to the letter', () => {
    expect(deletedSentence(95064156)).toBe("Contact with id='95064156' has been deleted");
  });
});

describe('contact ids', () => {
  it.each([
    [['1,2,3'], [1, 2, 3]],
    [
      ['1', '2,2', ' 3 '],
      [1, 2, 3],
    ],
    [['x,1,-2,1.5,,9999999999999999'], [1]],
    [['x'], []],
  ])('%j are %j', (values, ids) => {
    expect(parseContactIds({ ids: values })).toEqual(ids);
  });

  it.each([[[]], [['']], [[',']], [[Array.from({ length: 501 }, (_, id) => id).join(',')]]])(
    'must be there and not too many',
    (values) => {
      expect(() => parseContactIds({ ids: values })).toThrow(/ids must have at (least|most)/);
    },
  );
});

describe('unsubscribed addresses', () => {
  it('come as contacts have them, each once; one stands for a list of one', () => {
    expect(parseUnsubscribedEmails({ emails: [' John@Example.com', 'john@example.com'] })).toEqual([
      'john@example.com',
    ]);
    expect(parseUnsubscribedEmails({ emails: 'john@example.com' })).toEqual(['john@example.com']);
  });

  it.each([{}, { emails: [] }, { emails: null }, [], 'x', { emails: Array(3001).fill('john@example.com') }])(
    'must be 1 to 3,000',
    (body) => {
      expect(() => parseUnsubscribedEmails(body)).toThrow(expect.objectContaining({ code: 'INVALID_REQUEST' }));
    },
  );

  it('that are none are named', () => {
    expect(() => parseUnsubscribedEmails({ emails: ['john@example.com', 'john@', 'x'] })).toThrow(
      "'john@' is not valid email; 'x' is not valid email",
    );
  });
});

describe('rows of contacts', () => {
  it('that do not fit one answer are refused with what to do', () => {
    const contacts = Array.from({ length: 60 }, (_, id) =>
      bareContact({ id, fields: [{ id: 1, value: 'ї'.repeat(50_000) }] }),
    );

    expect(() => contactRowsBody(contacts)).toThrow('maxrows must be less than 60');
  });
});

describe('the identities of a refused row', () => {
  it('are those that a contact would have', () => {
    const cells = {
      email: ' John@Example.com ',
      sms: '+38 (094) 258-36-91',
      externalCustomerId: 'C-17',
      mobilepush: 'a,b',
      webpush: 'c',
      101: '4711',
      firstName: 'John',
    };

    expect(submittedIdentities({ values: cells }, { defaultCountry: 'UA' })).toEqual([
      { type: 'FIELD', value: '101#4711' },
      { type: 'EMAIL', value: 'john@example.com' },
      { type: 'SMS', value: '380942583691' },
      { type: 'EXT', value: 'C-17' },
      { type: 'PUSH', value: 'a' },
      { type: 'PUSH', value: 'b' },
      { type: 'WEBPUSH', value: 'c' },
    ]);
  });
});
