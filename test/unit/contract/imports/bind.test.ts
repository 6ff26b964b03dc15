import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { binderOf } from '#contract/imports/bind.ts';

const schema = z.object({
  text: z.optional(z.string()),
  count: z.optional(z.int()),
  flag: z.optional(z.boolean()),
  kind: z.optional(z.enum(['a', 'b'])),
  list: z.optional(z.array(z.object({ id: z.int() }))),
});
const bind = binderOf(schema);

describe('lenient binding', () => {
  it.each([
    ['drops members it does not know', { text: 'x', other: 1 }, { text: 'x' }],
    ['takes null, "" and [] as absent', { text: null, count: '', list: [] }, {}],
    ['takes one object as a list of one', { list: { id: 1 } }, { list: [{ id: 1 }] }],
    ['leaves nothing out of a list but nothing', { list: [null, { id: 1 }, ''] }, { list: [{ id: 1 }] }],
    ['turns numbers into text', { text: 12345 }, { text: '12345' }],
    ['turns decimals into text', { text: 1.5 }, { text: '1.5' }],
    ['turns text into numbers', { count: ' 12345 ' }, { count: 12345 }],
    ['takes the first of a list of one', { text: ['x'], count: ['7'] }, { text: 'x', count: 7 }],
    ['joins a list of texts', { text: ['a', 'b', 3] }, { text: 'a,b,3' }],
    ['reads flags as text and as numbers', { flag: 'TRUE' }, { flag: true }],
    ['reads flags as numbers', { flag: 0 }, { flag: false }],
    ['trims names of choices', { kind: ' a ' }, { kind: 'a' }],
    ['keeps white space, which clears', { text: ' ' }, { text: ' ' }],
  ])('%s', (_, value, expected) => {
    expect(bind(value)).toEqual(expected);
  });

  it.each([
    ['a number that JSON cannot carry exactly', { text: 2 ** 63 }],
    ['text that is no number', { count: 'Infinity' }],
    ['a number in the clothes of another notation', { count: '0x10' }],
    ['an object where text is asked for', { text: {} }],
    ['a list where one object is asked for', []],
  ])('leaves to the schema to refuse %s', (_, value) => {
    expect(schema.safeParse(bind(value)).success).toBe(false);
  });

  it('keeps control characters and halves of pairs apart from real text', () => {
    expect(bind({ text: 'a\u0000b\uD800c\td' })).toEqual({ text: 'a\uFFFDb\uFFFDc\td' });
  });

  it('takes nothing from a prototype and gives nothing to one', () => {
    const hostile = JSON.parse('{"__proto__":{"text":"inherited"},"constructor":{"text":"x"}}');

    expect(bind(hostile)).toEqual({});
    expect(bind(Object.create({ text: 'inherited' }))).toEqual({});
    expect(Object.prototype).not.toHaveProperty('text');
  });

  it('never throws, and is done after one go', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const once = bind(value);

        expect(bind(once)).toEqual(once);
      }),
    );
  });
});
