import { describe, expect, it } from 'vitest';
import type { Contact, ContactDraft } from '#domain/contacts/contact.ts';
import { dedupeValueOf, isIdentified, lookupsOf, type MatchRule, matchDraft } from '#domain/contacts/match.ts';
import { bareContact, onDay } from '#test/support/contacts/bare-contact.ts';
import { matchSourceOf } from '#test/support/contacts/save-views.ts';

const byEmail: MatchRule = { dedupeOn: 'email' };

const found = (contacts: readonly Contact[], draft: ContactDraft, rule = byEmail) => {
  const match = matchDraft(matchSourceOf(contacts, { identifyingFields: [101] }), draft, rule);
  return match.kind === 'found' ? match.contact.id : match.kind === 'refused' ? match.code : match.kind;
};

describe('a row with an externalCustomerId means, by the rules of contract 3.3,', () => {
  const draft: ContactDraft = { externalCustomerId: 'X', email: 'x@x.x' };

  it.each<{ rule: string; contacts: Contact[]; expected: number | string }>([
    {
      rule: '1: the contact that has it, whoever has the e-mail',
      contacts: [
        bareContact({ id: 1, externalCustomerId: 'X', email: 'other@x.x' }),
        bareContact({ id: 2, email: 'x@x.x', updatedAt: onDay(9) }),
      ],
      expected: 1,
    },
    {
      rule: '2: else the contact of the dedupe value that has none',
      contacts: [bareContact({ id: 1, email: 'x@x.x' })],
      expected: 1,
    },
    {
      rule: '3: of several the one that was updated last',
      contacts: [
        bareContact({ id: 1, email: 'x@x.x', updatedAt: onDay(2) }),
        bareContact({ id: 2, email: 'x@x.x', updatedAt: onDay(3) }),
        bareContact({ id: 3, email: 'x@x.x', updatedAt: onDay(1) }),
      ],
      expected: 2,
    },
    {
      rule: '4: the one without any before one with another, even where that was updated later',
      contacts: [
        bareContact({ id: 1, email: 'x@x.x', updatedAt: onDay(1) }),
        bareContact({ id: 2, email: 'x@x.x', externalCustomerId: 'Y', updatedAt: onDay(9) }),
      ],
      expected: 1,
    },
    {
      rule: '5: nobody where all have others',
      contacts: [
        bareContact({ id: 1, email: 'x@x.x', externalCustomerId: 'Y' }),
        bareContact({ id: 2, email: 'x@x.x', externalCustomerId: 'Z' }),
      ],
      expected: 'nobody',
    },
    {
      rule: '6: the deleted contact that has it, before a live one of the dedupe value',
      contacts: [
        bareContact({ id: 1, externalCustomerId: 'X', state: 'deleted' }),
        bareContact({ id: 2, email: 'x@x.x', updatedAt: onDay(9) }),
      ],
      expected: 1,
    },
  ])('$rule', ({ contacts, expected }) => {
    const match = found(contacts, draft);

    expect(match).toBe(expected);
  });
});

describe('a row without an externalCustomerId means', () => {
  it('the contact that was updated last, whatever externalCustomerId that has', () => {
    const contacts = [
      bareContact({ id: 1, email: 'x@x.x', updatedAt: onDay(1) }),
      bareContact({ id: 2, email: 'x@x.x', updatedAt: onDay(2), externalCustomerId: 'Y' }),
    ];

    expect(found(contacts, { email: 'x@x.x' })).toBe(2);
  });

  it('a live contact before a deleted one that was updated later', () => {
    const contacts = [
      bareContact({ id: 1, email: 'x@x.x', updatedAt: onDay(1) }),
      bareContact({ id: 2, email: 'x@x.x', updatedAt: onDay(2), state: 'deleted' }),
    ];

    expect(found(contacts, { email: 'x@x.x' })).toBe(1);
  });

  it('a deleted contact where no live one has the dedupe value', () => {
    const contacts = [bareContact({ id: 1, email: 'x@x.x', state: 'deleted' })];

    expect(found(contacts, { email: 'x@x.x' })).toBe(1);
  });

  it('nobody where only an erased contact had the dedupe value', () => {
    const contacts = [bareContact({ id: 1, email: 'x@x.x', state: 'erased' })];

    expect(found(contacts, { email: 'x@x.x' })).toBe('nobody');
  });

  it('the contact that was born last where several were updated at the same time', () => {
    const contacts = [bareContact({ id: 1, email: 'x@x.x' }), bareContact({ id: 2, email: 'x@x.x' })];

    expect(found(contacts, { email: 'x@x.x' })).toBe(2);
  });

  it('the one born last of those that this very request bears', () => {
    const contacts = [
      bareContact({ id: 5, email: 'x@x.x' }),
      bareContact({ id: -1, email: 'x@x.x' }),
      bareContact({ id: -2, email: 'x@x.x' }),
    ];

    expect(found(contacts, { email: 'x@x.x' })).toBe(-2);
  });
});

describe('dedupeOn (contract 3.4) finds a contact by', () => {
  const contacts = [
    bareContact({ id: 1, email: 'x@x.x' }),
    bareContact({ id: 2, sms: '380501112233' }),
    bareContact({ id: 3, tokens: [{ type: 'mobilepush', value: 'token' }] }),
    bareContact({ id: 4, tokens: [{ type: 'webpush', value: 'token' }] }),
    bareContact({ id: 5, fields: [{ id: 101, value: 'card-7' }] }),
    bareContact({ id: 6, externalCustomerId: 'X' }),
    bareContact({ id: 7, tokens: [{ type: 'viber', value: 'token' }] }),
  ];
  const everything: ContactDraft = {
    id: 6,
    externalCustomerId: 'unknown',
    email: 'x@x.x',
    sms: '380501112233',
    tokens: [
      { type: 'viber', value: 'token' },
      { type: 'mobilepush', value: 'token' },
      { type: 'webpush', value: 'token' },
    ],
    fields: [{ id: 101, value: 'card-7' }],
  };

  it.each<MatchRule & { expected: number | string }>([
    { dedupeOn: 'email', expected: 1 },
    { dedupeOn: 'sms', expected: 2 },
    { dedupeOn: 'email_or_sms', expected: 2 },
    { dedupeOn: 'push', expected: 3 },
    { dedupeOn: 'webpush', expected: 4 },
    { dedupeOn: 'fieldId', fieldId: 101, expected: 5 },
    { dedupeOn: 'fieldId', fieldId: 102, expected: 'nobody' },
    { dedupeOn: 'externalCustomerId', expected: 'nobody' },
    { dedupeOn: 'id', expected: 'EXTERNAL_ID_CONFLICT' },
  ])('$dedupeOn $fieldId', ({ expected, ...rule }) => {
    expect(found(contacts, everything, rule)).toBe(expected);
  });

  it('email_or_sms: the e-mail where nobody has the phone', () => {
    expect(found(contacts, { email: 'x@x.x', sms: '380000000000' }, { dedupeOn: 'email_or_sms' })).toBe(1);
  });

  it('push: any of several tokens', () => {
    const tokens = [
      { type: 'mobilepush' as const, value: 'new' },
      { type: 'mobilepush' as const, value: 'token' },
    ];

    expect(found(contacts, { tokens }, { dedupeOn: 'push' })).toBe(3);
  });

  it.each<{ title: string; draft: ContactDraft; expected: number | string }>([
    { title: 'the contact of the id', draft: { id: 1 }, expected: 1 },
    {
      title: 'the contact of the id, which gains the externalCustomerId',
      draft: { id: 1, externalCustomerId: 'N' },
      expected: 1,
    },
    {
      title: 'the contact of the externalCustomerId before the id',
      draft: { id: 1, externalCustomerId: 'X' },
      expected: 6,
    },
    { title: 'nobody and no birth where the id is unknown', draft: { id: 99 }, expected: 'UNKNOWN_ID' },
    {
      title: 'a conflict where the id has another externalCustomerId',
      draft: { id: 6, externalCustomerId: 'N' },
      expected: 'EXTERNAL_ID_CONFLICT',
    },
  ])('id: $title', ({ draft, expected }) => {
    expect(found(contacts, draft, { dedupeOn: 'id' })).toBe(expected);
  });

  it('id: an erased contact is unknown', () => {
    expect(found([bareContact({ id: 1, state: 'erased' })], { id: 1 }, { dedupeOn: 'id' })).toBe('UNKNOWN_ID');
  });
});

describe('whoever is deleted', () => {
  const guarded: MatchRule = { dedupeOn: 'any_channel', guardsDeleted: true };
  const token = { type: 'mobilepush', value: 't' } as const;
  const gone = {
    state: 'deleted',
    externalCustomerId: 'X',
    email: 'x@x.x',
    sms: '380501112233',
    tokens: [token],
  } as const;
  const alone = [bareContact({ id: 1, ...gone })];
  const shared = [...alone, bareContact({ id: 2, state: 'deleted', email: 'x@x.x' })];

  it.each<[string, ContactDraft, readonly Contact[], number | string]>([
    ['is meant by the externalCustomerId', { externalCustomerId: 'X' }, alone, 1],
    ['is meant by an e-mail address that it alone has', { email: 'x@x.x' }, alone, 1],
    ['is not meant by an e-mail address that another has, too', { email: 'x@x.x' }, shared, 'nobody'],
    ['is not meant by a phone number', { sms: '380501112233' }, alone, 'nobody'],
    ['is not meant by a phone number beside a new address', { email: 'y@x.x', sms: '380501112233' }, alone, 'nobody'],
    ['is not meant by a token', { tokens: [token] }, alone, 'nobody'],
    ['is not meant under another externalCustomerId', { externalCustomerId: 'Y', email: 'x@x.x' }, alone, 'nobody'],
  ])('%s', (_, draft, contacts, expected) => {
    expect(found(contacts, draft, guarded)).toBe(expected);
    expect(found(contacts, draft, { ...guarded, dedupeOn: 'email_then_sms' })).toBe(expected);
  });
});

describe('a phone number that two people share', () => {
  const mother = bareContact({ id: 1, email: 'mother@x.x', sms: '380501112233' });
  const son: ContactDraft = { email: 'son@x.x', sms: '380501112233' };
  const methods = ['any_channel', 'email_then_sms', 'email_or_sms', 'sms', 'order'] as const;

  it.each(methods)('means its contact by %s, unless the setting says otherwise and the address differs', (dedupeOn) => {
    const rule: MatchRule = { dedupeOn, phoneMatches: 'unlessEmailDiffers' };

    expect(found([mother], son, { dedupeOn })).toBe(1);
    expect(found([mother], son, rule)).toBe('nobody');
    expect(found([mother], { sms: '380501112233' }, rule)).toBe(1);
    expect(found([mother], { ...son, email: 'mother@x.x' }, rule)).toBe(1);
    expect(found([bareContact({ id: 3, sms: '380501112233' })], son, rule)).toBe(3);
  });

  it.each<[MatchRule['dedupeOn'], ContactDraft, number | string]>([
    ['any_channel', { ...son, externalCustomerId: 'S' }, 'nobody'],
    ['any_channel', { sms: '380501112233', externalCustomerId: 'S' }, 'nobody'],
    ['any_channel', { ...son, email: 'mother@x.x', externalCustomerId: 'S' }, 1],
    ['email_then_sms', { ...son, externalCustomerId: 'S' }, 'nobody'],
    ['email_or_sms', { ...son, externalCustomerId: 'S' }, 'nobody'],
    ['email_or_sms', { sms: '380501112233', externalCustomerId: 'S' }, 1],
    ['sms', { ...son, externalCustomerId: 'S' }, 1],
  ])('gives no externalCustomerId to its contact by %s: %j', (dedupeOn, draft, expected) => {
    expect(found([mother], draft, { dedupeOn })).toBe(expected);
  });
});

describe('a row says which contact it means', () => {
  it.each<{ title: string; draft: ContactDraft; rule: MatchRule; expected: boolean }>([
    { title: 'by its dedupe value', draft: { email: 'x@x.x' }, rule: byEmail, expected: true },
    { title: 'by its externalCustomerId', draft: { externalCustomerId: 'X' }, rule: byEmail, expected: true },
    { title: 'not by another channel', draft: { sms: '380501112233' }, rule: byEmail, expected: false },
    { title: 'by its id', draft: { id: 1 }, rule: { dedupeOn: 'id' }, expected: true },
    { title: 'not without its id', draft: { email: 'x@x.x' }, rule: { dedupeOn: 'id' }, expected: false },
    {
      title: 'not by a webpush token where push is asked',
      draft: { tokens: [{ type: 'webpush', value: 't' }] },
      rule: { dedupeOn: 'push' },
      expected: false,
    },
    {
      title: 'not by another field',
      draft: { fields: [{ id: 7, value: 'v' }] },
      rule: { dedupeOn: 'fieldId', fieldId: 8 },
      expected: false,
    },
    {
      title: 'not by a blank field',
      draft: { fields: [{ id: 8, value: ' ' }] },
      rule: { dedupeOn: 'fieldId', fieldId: 8 },
      expected: false,
    },
    {
      title: 'by a field of 50 characters',
      draft: { fields: [{ id: 8, value: 'v'.repeat(50) }] },
      rule: { dedupeOn: 'fieldId', fieldId: 8 },
      expected: true,
    },
    {
      title: 'not by a field of 51 characters',
      draft: { fields: [{ id: 8, value: 'v'.repeat(51) }] },
      rule: { dedupeOn: 'fieldId', fieldId: 8 },
      expected: false,
    },
    {
      title: 'not by a channel where externalCustomerId is asked',
      draft: { email: 'x@x.x' },
      rule: { dedupeOn: 'externalCustomerId' },
      expected: false,
    },
  ])('$title', ({ draft, rule, expected }) => {
    expect(isIdentified(draft, rule)).toBe(expected);
  });
});

describe('importstatus reports a row by (contract 4.3)', () => {
  const draft: ContactDraft = {
    id: 7,
    externalCustomerId: 'X',
    email: 'x@x.x',
    sms: '380501112233',
    fields: [{ id: 101, value: 'card#7' }],
  };

  it.each<MatchRule & { expected: string }>([
    { dedupeOn: 'email', expected: 'x@x.x' },
    { dedupeOn: 'sms', expected: '380501112233' },
    { dedupeOn: 'email_or_sms', expected: '380501112233' },
    { dedupeOn: 'fieldId', fieldId: 101, expected: 'card#7' },
    { dedupeOn: 'externalCustomerId', expected: 'X' },
    { dedupeOn: 'id', expected: '7' },
    { dedupeOn: 'push', expected: 'X' },
  ])('$dedupeOn: $expected', ({ expected, ...rule }) => {
    expect(dedupeValueOf(draft, rule)).toBe(expected);
  });

  it('the value that matched, where there were two', () => {
    const rule: MatchRule = { dedupeOn: 'email_or_sms' };

    const value = dedupeValueOf(draft, rule, lookupsOf(draft, rule)[1]);

    expect(value).toBe('x@x.x');
  });
});
