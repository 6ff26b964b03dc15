import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { carriedText } from '#contract/carried-text.ts';
import { carriedJson } from '#contract/json-value.ts';

describe('a text as services carry it', () => {
  test.each([
    ['half a pair at the end', 'a\uD83D', 'a\uFFFD'],
    ['half a pair at the beginning', '\uDE00a', '\uFFFDa'],
    ['a pair after half a one', '\uD83D\uD83D\uDE00', '\uFFFD\u{1F600}'],
    ['U+FFFE and U+FFFF', 'a\uFFFEb\uFFFF', 'a\uFFFDb\uFFFD'],
    ['a NUL', 'a\u0000b', 'a\uFFFDb'],
    ['an escape', '\u001B[31m', '\uFFFD[31m'],
  ])('has U+FFFD in the place of %s', (_, text, expected) => {
    expect(carriedText(text)).toBe(expected);
  });

  test.each(['a\t\r\nb', '\u0085', '\u2028', '\u{1F389}', '\u{1FFFF}', '\u{10FFFF}', '\uFFFD', '\uFEFF'])(
    'keeps %j, which Amazon SQS carries',
    (text) => {
      expect(carriedText(text)).toBe(text);
    },
  );

  test('is made of what the documentation of Amazon SQS lists, and of nothing else', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
        (text) => {
          expect(carriedText(text)).toMatch(/^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u);
        },
      ),
    );
  });
});

describe('a body as services carry it', () => {
  test('has its texts, its names and its numbers replaced that nothing carries, and says how many', () => {
    const given = JSON.parse('{"a":["\\ud800",1e400,-1e400,1.5],"\\uffff":{"b":"fine"},"__proto__":"\\u0000"}');

    const { value, replaced } = carriedJson(given);

    expect(replaced).toBe(5);
    expect(Object.entries(value as object)).toEqual([
      ['a', ['\uFFFD', null, null, 1.5]],
      ['\uFFFD', { b: 'fine' }],
      ['__proto__', '\uFFFD'],
    ]);
    expect(({} as Record<string, unknown>).b).toBeUndefined();
  });

  test('is what it was where everything is fine', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5, stringUnit: 'grapheme-ascii' }), (given) => {
        const sent = JSON.parse(JSON.stringify(given));

        expect(carriedJson(sent)).toEqual({ value: sent, replaced: 0 });
      }),
    );
  });

  test.each([
    ['lists', '[', ']', '1'],
    ['objects', '{"a":', '}', '1'],
  ])('is cut where it is nested in %s more than 100 deep', (_, open, close, inside) => {
    const nested = (depth: number, text: string) => `[${open.repeat(depth)}${text}${close.repeat(depth)},"fine"]`;

    const { value, replaced } = carriedJson(JSON.parse(nested(100_000, inside)));

    expect(replaced).toBe(1);
    expect(JSON.stringify(value)).toBe(nested(99, 'null'));
    expect(carriedJson(JSON.parse(nested(99, inside))).replaced).toBe(0);
  });
});
