import { describe, expect, it } from 'vitest';
import { parse } from '#contract/parse.ts';
import { parseGroupContactsQuery, parseGroupsQuery } from '#contract/segments/groups.ts';
import { segmentRequest } from '#contract/segments/segments.ts';
import { categoryKey, parseContactSubscriptions } from '#contract/subscriptions/categories.ts';

const invalid = expect.objectContaining({ code: 'INVALID_REQUEST' });

describe('a list of segments', () => {
  it.each([
    ['nothing', {}, { skip: 0, take: 500 }],
    ['a name and a part', { name: 'Cust', startindex: '11', maxrows: '10' }, { name: 'Cust', skip: 10, take: 10 }],
    ['numbers that make no sense', { startindex: '0', maxrows: '9000' }, { skip: 0, take: 500 }],
    ['no numbers', { startindex: 'x', maxrows: '-1', name: '' }, { skip: 0, take: 500 }],
  ])('is asked for by %s', (_, query, asked) => {
    expect(parseGroupsQuery(query)).toEqual(asked);
  });
});

describe("a list of a segment's contacts", () => {
  it.each([
    ['by id by default', {}, { isByTime: false, isAscending: true }],
    ['by id downwards', { asc: 'false' }, { isByTime: false, isAscending: false }],
    ['by time, the last updated first', { orderByTs: 'true' }, { isByTime: true, isAscending: false }],
    ['by time upwards', { orderByTs: '1', asc: '1' }, { isByTime: true, isAscending: true }],
  ])('comes %s', (_, query, order) => {
    expect(parseGroupContactsQuery(query)).toEqual({ skip: 0, take: 500, ...order });
  });
});

describe('names and keys', () => {
  it('of segments are trimmed, and refused where there are none', () => {
    expect(parse(segmentRequest, { name: ' Customers ' })).toEqual({ name: 'Customers' });
    expect(parse(segmentRequest, { name: 5 })).toEqual({ name: '5' });
    for (const body of [{}, { name: ' ' }, { name: 'x'.repeat(101) }, null]) {
      expect(() => parse(segmentRequest, body)).toThrow(invalid);
    }
  });

  it('of categories have letters and digits of any script', () => {
    expect(categoryKey.read('новини-1.a_b')).toBe('новини-1.a_b');
    for (const key of ['', 'a b', 'a/b', 'x'.repeat(61)]) expect(() => categoryKey.read(key)).toThrow(invalid);
  });

  it('of subscriptions come in a list, which may be empty but not absent', () => {
    expect(parseContactSubscriptions({ subscriptions: ['a', 'b', 'a'] })).toEqual(['a', 'b']);
    expect(parseContactSubscriptions({ subscriptions: 'a' })).toEqual(['a']);
    expect(parseContactSubscriptions({ subscriptions: [] })).toEqual([]);
    for (const body of [{}, { subscriptions: null }, [], null]) {
      expect(() => parseContactSubscriptions(body)).toThrow(invalid);
    }
  });
});
