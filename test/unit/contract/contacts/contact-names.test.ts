import { describe, expect, it } from 'vitest';
import { parseContactNames, parseDetached } from '#contract/contacts/contact-names.ts';

const ids = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('contacts that are named', () => {
  it.each([
    ['by ids', { contactIds: [1, 2] }, { contactIds: [1, 2] }],
    ['by ids as text', { contactIds: ['1', ' 2 '] }, { contactIds: [1, 2] }],
    ['by one id', { contactIds: 7 }, { contactIds: [7] }],
    ['by five hundred ids', { contactIds: ids(500) }, { contactIds: ids(500) }],
    ["by the caller's own ids", { externalCustomerIds: ['a', 5] }, { externalCustomerIds: ['a', '5'] }],
    ['by one own id', { externalCustomerIds: 'a' }, { externalCustomerIds: ['a'] }],
    ['under the singular', { externalCustomerId: ['a'] }, { externalCustomerIds: ['a'] }],
    ['beside an absent kind', { contactIds: null, externalCustomerIds: ['a'] }, { externalCustomerIds: ['a'] }],
    ['beside an empty kind', { contactIds: [1], externalCustomerIds: [] }, { contactIds: [1] }],
    ['beside members that nobody knows', { contactIds: [1], note: 'x' }, { contactIds: [1] }],
  ])('%s are read', (_, body, names) => {
    expect(parseContactNames(body)).toEqual(names);
    expect(parseDetached(body)).toEqual(names);
  });

  it.each([
    ['both kinds', { contactIds: [1], externalCustomerIds: ['a'] }],
    ['both kinds, one in the singular', { contactIds: [1], externalCustomerId: 'a' }],
    ['501 ids', { contactIds: ids(501) }],
    ['501 own ids', { externalCustomerIds: ids(501).map(String) }],
    ['an empty list', { contactIds: [] }],
    ['null', { contactIds: null }],
    ['a list of nothing', { externalCustomerIds: ['', null] }],
    ['ids that are no numbers', { contactIds: ['x'] }],
    ['a misspelt member', { contactids: [1] }],
    ['a list for a body', [1, 2]],
    ['null for a body', null],
  ])('by %s are refused, to attach and to detach', (_, body) => {
    expect(() => parseContactNames(body)).toThrow(expect.objectContaining({ code: 'INVALID_REQUEST' }));
    expect(() => parseDetached(body)).toThrow(expect.objectContaining({ code: 'INVALID_REQUEST' }));
  });

  it('not at all are everybody to detach and nobody to attach', () => {
    expect(parseDetached(undefined)).toBe('all');
    expect(parseDetached({})).toBe('all');
    expect(() => parseContactNames({})).toThrow(expect.objectContaining({ code: 'INVALID_REQUEST' }));
  });
});
