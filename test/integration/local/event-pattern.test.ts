import { describe, expect, test } from 'vitest';
import { compilePattern } from '#infra/local/bus/event-pattern.ts';
import type { Json } from '#infra/local/bus/json.ts';

type Case = readonly [name: string, pattern: object, matching: readonly Json[], others: readonly Json[]];

const detail = (member: { readonly [name: string]: Json }) => ({ detail: member });

/* The operators that rules of this project use, as in the EventBridge user guide, "Comparison operators". */
const cases: readonly Case[] = [
  ['equals', { a: ['x'] }, [{ a: 'x' }, { a: ['y', 'x'] }], [{ a: 'X' }, { a: 'y' }, {}, { a: [] }]],
  ['equals, several values', { a: ['x', 'y'] }, [{ a: 'x' }, { a: 'y' }], [{ a: 'z' }]],
  ['equals, number', { a: [100] }, [{ a: 100 }, { a: 1e2 }], [{ a: '100' }, { a: 101 }]],
  ['equals, boolean', { a: [true] }, [{ a: true }], [{ a: false }, { a: 'true' }]],
  ['null', { a: [null] }, [{ a: null }], [{ a: '' }, {}, { a: 'null' }]],
  ['empty', { a: [''] }, [{ a: '' }], [{ a: null }, {}]],
  ['and', { a: ['x'], b: ['y'] }, [{ a: 'x', b: 'y' }], [{ a: 'x' }, { a: 'x', b: 'z' }]],
  ['prefix', { a: [{ prefix: 'us-' }] }, [{ a: 'us-east' }], [{ a: 'eu-us-' }, { a: 1 }, {}]],
  ['equals-ignore-case', { a: [{ 'equals-ignore-case': 'alice' }] }, [{ a: 'ALICE' }], [{ a: 'alices' }]],
  ['numeric, equal', { a: [{ numeric: ['=', 100] }] }, [{ a: 100 }], [{ a: '100' }, { a: 99 }]],
  ['numeric, range', { a: [{ numeric: ['>', 10, '<=', 20] }] }, [{ a: 11 }, { a: 20 }], [{ a: 10 }, { a: 21 }]],
  ['exists', { a: [{ exists: true }] }, [{ a: null }, { a: 'x' }, { a: 0 }], [{}, { a: { b: 1 } }]],
  ['does not exist', { a: [{ exists: false }] }, [{}, { b: 1 }], [{ a: null }, { a: 'x' }]],
  ['anything-but', { a: [{ 'anything-but': 'x' }] }, [{ a: 'y' }, { a: 1 }], [{ a: 'x' }, {}]],
  ['anything-but, list', { a: [{ 'anything-but': [1, 2] }] }, [{ a: 3 }], [{ a: 1 }, { a: 2 }]],
  ['anything-but, array', { a: [{ 'anything-but': 'x' }] }, [{ a: ['x', 'y'] }], [{ a: ['x'] }]],
  ['anything-but prefix', { a: [{ 'anything-but': { prefix: 'us-' } }] }, [{ a: 'eu-' }], [{ a: 'us-1' }]],
  ['anything-but prefixes', { a: [{ 'anything-but': { prefix: ['a', 'b'] } }] }, [{ a: 'c' }], [{ a: 'b1' }]],
  ['anything-but any case', { a: [{ 'anything-but': { 'equals-ignore-case': 'x' } }] }, [{ a: 'y' }], [{ a: 'X' }]],
  ['$or', { $or: [{ a: ['x'] }, { b: ['y'] }] }, [{ a: 'x' }, { b: 'y' }], [{ a: 'y' }, {}]],
  ['$or with others', { c: [1], $or: [{ a: ['x'] }, { b: [{ prefix: 'y' }] }] }, [{ c: 1, b: 'yy' }], [{ b: 'y' }]],
  ['nested', detail({ a: { b: ['x'] } }), [detail({ a: { b: 'x' } })], [detail({ a: 'x' }), {}]],
  [
    'nested, does not exist',
    detail({ a: { b: [{ exists: false }] } }),
    [detail({ a: {} }), detail({})],
    [detail({ a: { b: 1 } })],
  ],
  ['array of objects', { a: { b: ['x'] } }, [{ a: [{ b: 'y' }, { b: 'x' }] }], [{ a: [{ b: 'y' }] }]],
];

describe('an event pattern', () => {
  test.each(cases)('matches as documented: %s', (_name, pattern, matching, others) => {
    const matches = compilePattern(pattern);

    expect(matching.filter((event) => !matches(event))).toEqual([]);
    expect(others.filter((event) => matches(event))).toEqual([]);
  });

  test.each([
    ['an unknown operator', { a: [{ cidr: '10.0.0.0/8' }] }, 'EventPattern.a uses {"cidr":"10.0.0.0/8"}'],
    [
      'an unknown operator within anything-but',
      { a: [{ 'anything-but': { numeric: ['=', 1] } }] },
      'EventPattern.a.anything-but',
    ],
    ['two operators in one', { a: [{ prefix: 'a', exists: true }] }, 'EventPattern.a uses'],
    ['a value that is no list', { a: 'x' }, 'EventPattern.a has to be'],
    ['an empty list', { a: [] }, 'EventPattern.a is an empty list'],
    ['an unreadable range', { a: [{ numeric: ['~', 1] }] }, 'EventPattern.a.numeric cannot read'],
    ['no members', {}, 'the event pattern is empty'],
  ])('is refused by name with %s', (_name, pattern, message) => {
    expect(() => compilePattern(pattern)).toThrow(message);
  });
});
