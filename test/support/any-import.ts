import fc from 'fast-check';
import type { ContactDraft, Token } from '#domain/contacts/contact.ts';
import { type DedupeOn, type ImportSettings, maskMembers } from '#domain/imports/import-session.ts';
import { type Death, importSettings } from '#test/support/imports/import-runs.ts';
import type { Memory } from './memory-ports.ts';

/** A field that contacts are found by. */
export const cardField = 101;
/** A field that they are not found by. */
export const colourField = 102;

/** Defines both. */
export const defineFields = (memory: Memory) =>
  memory.fields.push(
    { id: cardField, group: 'Shop', name: 'Card', key: 'CARD', type: 'number', identifier: true },
    { id: colourField, group: 'Shop', name: 'Colour', key: 'COLOUR', type: 'textfield', identifier: false },
  );

const some = <Value>(...values: Value[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
/** An object without what is undefined. */
export const present = (given: object) =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));

const tokens: Token[] = [
  { type: 'mobilepush', value: 'phone' },
  { type: 'mobilepush', value: 'tablet' },
  { type: 'webpush', value: 'phone' },
  { type: 'viber', value: 'phone' },
];
const fieldValues = fc.record({
  [cardField]: some('5', '+5', '6', '', 'not a number'),
  [colourField]: some('red', '', '100%'),
});
/** What a row may say of a contact; few values, so that rows meet. */
export const saying = {
  email: some('a@x.x', 'b@x.x', 'c@x.x'),
  sms: some('1', '2', '3'),
  tokens: fc.option(fc.subarray(tokens), { nil: undefined }),
  firstName: some('Ann', 'Bo', null),
  languageCode: some('uk', null),
  address: some({ town: 'Paris' }, { town: null, address: 'First str. 1' }, { region: 'West', countryCode: 'FR' }),
  fields: fieldValues.map((values) =>
    Object.entries(present(values)).map(([id, value]) => ({ id: Number(id), value: String(value) })),
  ),
};
/** A row that may say anything. */
export const anyDraft: fc.Arbitrary<ContactDraft> = fc
  .record({ ...saying, id: some(1, 2, 3, 99), externalCustomerId: some('A', 'B', 'C') })
  .map(present);

/** What an import may ask for. */
export const anySettings = (dedupeOn: fc.Arbitrary<DedupeOn>): fc.Arbitrary<ImportSettings> =>
  fc
    .record({
      dedupeOn,
      contactFields: fc.option(fc.subarray([...maskMembers]), { nil: undefined }),
      customFieldsIDs: fc.subarray([cardField, colourField]),
      groupNames: fc.subarray(['Customers', 'Guests']),
      groupNamesExclude: fc.subarray(['Subscribers']),
      restoreDeleted: fc.boolean(),
    })
    .map((given) =>
      importSettings({
        ...present(given),
        ...(given.dedupeOn === 'fieldId' && { fieldId: cardField }),
        // There are few ids, so that rows meet.
        allowSharedIds: true,
      }),
    );

/** How a worker ends early, within so many operations. */
export const anyDeath = (max: number): fc.Arbitrary<Death> => {
  const operations = fc.integer({ min: 0, max });
  return fc.oneof(operations, fc.record({ refusedAfter: operations }));
};

/** Cuts a list into pieces of these sizes, over and over. */
export const cut = <Item>(items: readonly Item[], sizes: readonly number[]): Item[][] => {
  const pieces: Item[][] = [];
  for (let start = 0; start < items.length; start += pieces.at(-1)?.length ?? 1) {
    pieces.push(items.slice(start, start + (sizes[pieces.length % sizes.length] ?? 1)));
  }
  return pieces;
};
