import { describe, expect, it } from 'vitest';
import type { ContactContent, ContactDraft } from '#domain/contacts/contact.ts';
import { createdContent, isSameContent, mergeContent } from '#domain/contacts/merge.ts';
import type { MaskMember } from '#domain/imports/import-session.ts';

const stored: ContactContent = {
  externalCustomerId: 'X',
  email: 'x@x.x',
  sms: '380501112233',
  firstName: 'John',
  lastName: 'Smith',
  contactKey: 'key',
  languageCode: 'en-US',
  timeZone: 'Europe/Kyiv',
  tokens: [
    { type: 'mobilepush', value: 'phone' },
    { type: 'webpush', value: 'browser' },
    { type: 'viber', value: 'viber' },
  ],
  address: { region: 'West', town: 'London', address: 'First str. 1', postcode: '12345', countryCode: 'GB' },
  fields: [
    { id: 1, value: '1990-01-31' },
    { id: 101, value: 'gold' },
  ],
  ordersInfo: { lastDate: '2026-01-01T10:00:00', count: 3 },
  origin: { createdAt: '2020-01-01T00:00:00.000Z', subscribedAt: '2020-06-01T00:00:00.000Z' },
  confirmed: true,
};

const merged = (
  draft: ContactDraft,
  {
    mask,
    customFieldIds,
    confirmed = true,
  }: { mask?: MaskMember[]; customFieldIds?: number[]; confirmed?: boolean } = {},
) => mergeContent(stored, draft, { confirmed, ...(mask && { mask }), ...(customFieldIds && { customFieldIds }) });

/** The stored content with some members replaced; a member of `undefined` is left out. */
const storedWith = (change: { [Name in keyof ContactContent]?: ContactContent[Name] | undefined }) =>
  Object.fromEntries(Object.entries({ ...stored, ...change }).filter(([, value]) => value !== undefined));

describe('an update without a mask merges by contract 3.5', () => {
  it.each<{ title: string; draft: ContactDraft; changed: Parameters<typeof storedWith>[0] }>([
    { title: 'an empty draft changes nothing', draft: {}, changed: {} },
    { title: 'a text replaces', draft: { firstName: 'Jane' }, changed: { firstName: 'Jane' } },
    { title: 'null clears a first name', draft: { firstName: null }, changed: { firstName: undefined } },
    { title: 'null clears a last name', draft: { lastName: null }, changed: { lastName: undefined } },
    { title: 'null clears a contact key', draft: { contactKey: null }, changed: { contactKey: undefined } },
    { title: 'null clears a language', draft: { languageCode: null }, changed: { languageCode: undefined } },
    { title: 'null clears a time zone', draft: { timeZone: null }, changed: { timeZone: undefined } },
    { title: 'an e-mail address replaces', draft: { email: 'y@x.x' }, changed: { email: 'y@x.x' } },
    { title: 'a phone replaces', draft: { sms: '380671112233' }, changed: { sms: '380671112233' } },
    {
      title: 'an externalCustomerId replaces',
      draft: { externalCustomerId: 'Y' },
      changed: { externalCustomerId: 'Y' },
    },
    {
      title: 'a token is added',
      draft: { tokens: [{ type: 'mobilepush', value: 'tablet' }] },
      changed: { tokens: [...(stored.tokens ?? []), { type: 'mobilepush', value: 'tablet' }] },
    },
    {
      title: 'a known token says what it says now',
      draft: { tokens: [{ type: 'mobilepush', value: 'phone', device: { os: 'new' } }] },
      changed: {
        tokens: [{ type: 'mobilepush', value: 'phone', device: { os: 'new' } }, ...(stored.tokens ?? []).slice(1)],
      },
    },
    {
      title: 'the same value on another channel is another token',
      draft: { tokens: [{ type: 'telegram', value: 'phone' }] },
      changed: { tokens: [...(stored.tokens ?? []), { type: 'telegram', value: 'phone' }] },
    },
    {
      title: 'address parts replace and clear one by one',
      draft: { address: { town: 'Paris', postcode: null } },
      changed: { address: { region: 'West', town: 'Paris', address: 'First str. 1', countryCode: 'GB' } },
    },
    {
      title: 'clearing every address part leaves no address',
      draft: { address: { region: null, town: null, address: null, postcode: null, countryCode: null } },
      changed: { address: undefined },
    },
    {
      title: 'listed fields are overwritten, in the order of their ids',
      draft: {
        fields: [
          { id: 7, value: 'new' },
          { id: 101, value: 'silver' },
        ],
      },
      changed: {
        fields: [
          { id: 1, value: '1990-01-31' },
          { id: 7, value: 'new' },
          { id: 101, value: 'silver' },
        ],
      },
    },
    {
      title: 'a blank field is cleared',
      draft: { fields: [{ id: 101, value: '' }] },
      changed: { fields: [{ id: 1, value: '1990-01-31' }] },
    },
    {
      title: 'of two histories the longer one is kept',
      draft: { origin: { createdAt: '2019-01-01T00:00:00.000Z', subscribedAt: '2021-01-01T00:00:00.000Z' } },
      changed: { origin: { createdAt: '2019-01-01T00:00:00.000Z', subscribedAt: '2020-06-01T00:00:00.000Z' } },
    },
    { title: 'orders replace', draft: { ordersInfo: { count: 4 } }, changed: { ordersInfo: { count: 4 } } },
  ])('$title', ({ draft, changed }) => {
    const content = merged(draft);

    expect(content).toEqual(storedWith(changed));
  });
});

describe('contactFields (contract 4.2) lets an update touch what it lists and nothing else', () => {
  const draft: ContactDraft = {
    firstName: 'Jane',
    lastName: 'Doe',
    email: 'y@x.x',
    sms: '380671112233',
    contactKey: 'other',
    languageCode: 'uk',
    timeZone: 'Europe/Paris',
    tokens: [
      { type: 'mobilepush', value: 'tablet' },
      { type: 'webpush', value: 'laptop' },
    ],
    address: { region: 'East', town: 'Paris', address: 'Second str. 2', postcode: '54321', countryCode: 'FR' },
    ordersInfo: { count: 4 },
  };
  const { tokens = [], address = {} } = stored;
  const [phone, browser, viber] = tokens;
  const tablet = { type: 'mobilepush' as const, value: 'tablet' };
  const laptop = { type: 'webpush' as const, value: 'laptop' };
  const listOf = (...all: (typeof phone)[]) => all.filter((token) => token !== undefined);
  const { region, town, postcode, ...street } = address;

  it.each<{
    member: MaskMember;
    supplied: Parameters<typeof storedWith>[0];
    cleared: Parameters<typeof storedWith>[0];
  }>([
    { member: 'firstName', supplied: { firstName: 'Jane' }, cleared: { firstName: undefined } },
    { member: 'lastName', supplied: { lastName: 'Doe' }, cleared: { lastName: undefined } },
    { member: 'email', supplied: { email: 'y@x.x' }, cleared: { email: undefined } },
    { member: 'sms', supplied: { sms: '380671112233' }, cleared: { sms: undefined } },
    { member: 'contactKey', supplied: { contactKey: 'other' }, cleared: { contactKey: undefined } },
    { member: 'languageCode', supplied: { languageCode: 'uk' }, cleared: { languageCode: undefined } },
    { member: 'timeZone', supplied: { timeZone: 'Europe/Paris' }, cleared: { timeZone: undefined } },
    { member: 'ordersInfo', supplied: { ordersInfo: { count: 4 } }, cleared: { ordersInfo: undefined } },
    {
      member: 'mobilepush',
      supplied: { tokens: listOf(browser, viber, tablet) },
      cleared: { tokens: listOf(browser, viber) },
    },
    {
      member: 'webpush',
      supplied: { tokens: listOf(phone, viber, laptop) },
      cleared: { tokens: listOf(phone, viber) },
    },
    {
      member: 'town',
      supplied: { address: { ...address, town: 'Paris' } },
      cleared: { address: { ...street, ...(region && { region }), ...(postcode && { postcode }) } },
    },
    {
      member: 'region',
      supplied: { address: { ...address, region: 'East' } },
      cleared: { address: { ...street, ...(town && { town }), ...(postcode && { postcode }) } },
    },
    {
      member: 'postcode',
      supplied: { address: { ...address, postcode: '54321' } },
      cleared: { address: { ...street, ...(town && { town }), ...(region && { region }) } },
    },
    {
      member: 'address',
      supplied: { address: { ...address, address: 'Second str. 2', countryCode: 'FR' } },
      cleared: { address: { region: 'West', town: 'London', postcode: '12345' } },
    },
    { member: 'externalCustomerId', supplied: {}, cleared: { externalCustomerId: undefined } },
  ])('$member: written where supplied, cleared where not', ({ member, supplied, cleared }) => {
    const given = member === 'externalCustomerId' ? { ...draft, externalCustomerId: 'X' } : draft;

    const [written, emptied] = [merged(given, { mask: [member] }), merged({}, { mask: [member] })];

    expect(written).toEqual(storedWith(supplied));
    expect(emptied).toEqual(storedWith(cleared));
  });

  it('touches nothing by an empty list', () => {
    expect(merged(draft, { mask: [] })).toEqual(stored);
  });

  it('sets an externalCustomerId that the row carries, listed or not (rule 2 of contract 3.3)', () => {
    expect(merged({ externalCustomerId: 'Y' }, { mask: ['firstName'] })).toEqual(
      storedWith({ externalCustomerId: 'Y', firstName: undefined }),
    );
  });

  it('leaves custom fields to customFieldsIDs', () => {
    expect(merged({ fields: [{ id: 101, value: 'silver' }] }, { mask: ['firstName'], customFieldIds: [] })).toEqual(
      storedWith({ firstName: undefined }),
    );
  });
});

describe('customFieldsIDs (contract 4.2) lets an update touch the fields it lists and no other', () => {
  it.each<{ title: string; draft: ContactDraft; ids: number[]; fields: ContactContent['fields'] | undefined }>([
    {
      title: 'listed and supplied: written',
      draft: { fields: [{ id: 101, value: 'silver' }] },
      ids: [101],
      fields: [
        { id: 1, value: '1990-01-31' },
        { id: 101, value: 'silver' },
      ],
    },
    {
      title: 'supplied and not listed: untouched',
      draft: {
        fields: [
          { id: 101, value: 'silver' },
          { id: 7, value: 'new' },
        ],
      },
      ids: [7],
      fields: [
        { id: 1, value: '1990-01-31' },
        { id: 7, value: 'new' },
        { id: 101, value: 'gold' },
      ],
    },
    { title: 'listed and not supplied: cleared', draft: {}, ids: [101], fields: [{ id: 1, value: '1990-01-31' }] },
    { title: 'every one listed and none supplied: no fields are left', draft: {}, ids: [1, 101], fields: undefined },
    {
      title: 'none listed: untouched',
      draft: { fields: [{ id: 101, value: 'silver' }] },
      ids: [],
      fields: stored.fields,
    },
  ])('$title', ({ draft, ids, fields }) => {
    expect(merged(draft, { customFieldIds: ids })).toEqual(storedWith({ fields }));
  });
});

describe('an e-mail address is confirmed', () => {
  it.each([
    { title: 'as the request says where it is new', email: 'y@x.x', confirmed: false, expected: false },
    { title: 'as it was where it is the same', email: 'x@x.x', confirmed: false, expected: true },
    { title: 'by an import where it is new', email: 'y@x.x', confirmed: true, expected: true },
  ])('$title', ({ email, confirmed, expected }) => {
    expect(merged({ email }, { confirmed }).confirmed).toBe(expected);
  });
});

describe('a birth stores', () => {
  it('everything that is supplied, whatever the mask and customFieldsIDs list', () => {
    const draft = { email: 'x@x.x', firstName: 'John', fields: [{ id: 101, value: 'gold' }] };

    const content = createdContent(draft, { confirmed: true, mask: ['lastName'], customFieldIds: [] });

    expect(content).toEqual({ ...draft, confirmed: true });
  });

  it('nothing of what is cleared or belongs to the request only', () => {
    const content = createdContent(
      { id: 5, email: 'x@x.x', firstName: null, address: { town: null } },
      { confirmed: false },
    );

    expect(content).toEqual({ email: 'x@x.x', confirmed: false });
  });
});

describe('two contents are the same', () => {
  it.each<{ title: string; other: ContactContent; expected: boolean }>([
    {
      title: 'with their members in another order',
      other: { ...Object.fromEntries(Object.entries(stored).reverse()), confirmed: true },
      expected: true,
    },
    {
      title: 'with what devices say in another order',
      other: {
        ...stored,
        address: { countryCode: 'GB', postcode: '12345', address: 'First str. 1', town: 'London', region: 'West' },
      },
      expected: true,
    },
    {
      title: 'with their tokens in another order',
      other: { ...stored, tokens: stored.tokens?.toReversed() ?? [] },
      expected: true,
    },
    { title: 'but not with another text', other: { ...stored, firstName: 'Jane' }, expected: false },
    { title: 'but not with one token less', other: { ...stored, tokens: [] }, expected: false },
    { title: 'but not with another confirmation', other: { ...stored, confirmed: false }, expected: false },
  ])('$title', ({ other, expected }) => {
    expect(isSameContent(stored, other)).toBe(expected);
  });
});

describe('what a row of a file leaves untouched stays, whatever the mask lists', () => {
  const rule = {
    mask: ['firstName', 'lastName', 'sms', 'address', 'mobilepush'],
    customFieldIds: [1, 7],
    confirmed: true,
  } as const;

  it('and the rest of the mask is cleared', () => {
    const draft = { untouched: ['firstName', 'sms', 'countryCode', 'mobilepush', 1] };

    const { firstName, lastName, sms, address, tokens, fields } = mergeContent(stored, draft, rule);

    expect({ firstName, sms, tokens }).toEqual({ firstName: stored.firstName, sms: stored.sms, tokens: stored.tokens });
    expect(lastName).toBeUndefined();
    expect(address).toEqual({ ...stored.address, address: undefined });
    expect(fields).toEqual(stored.fields?.filter(({ id }) => id !== 7));
  });

  it('and is no part of the contact', () => {
    expect(mergeContent(stored, { untouched: ['firstName'] }, { confirmed: true })).not.toHaveProperty('untouched');
    expect(createdContent({ email: 'a@example.com', untouched: ['sms'] }, rule)).not.toHaveProperty('untouched');
  });
});
