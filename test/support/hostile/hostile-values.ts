import type { Luck } from './luck.ts';

/** JSON text that stands in a value's place as it is, for what `JSON.stringify` cannot say: `1e400`, half a character. */
export class RawJson {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A value as JSON text, with raw pieces where they stand. */
export const toJson = (value: unknown): string => {
  const raws: string[] = [];
  const text = JSON.stringify(value, (_key, one: unknown) => {
    if (!(one instanceof RawJson)) return one;
    raws.push(one.text);
    return `@raw${raws.length - 1}@`;
  });
  return (text ?? 'null').replace(/"@raw(\d+)@"/g, (_, index) => raws[Number(index)] ?? 'null');
};

const raw = (text: string) => new RawJson(text);

/** Texts that something on the way might choke on; at most this long where none is said. */
const texts: readonly string[] = [
  ...['', ' ', '\t\n', 'null', 'undefined', 'NaN', 'true', '0', '-1', '[]', '{}', '[object Object]'],
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'CON', '..', '../../etc/passwd'],
  ...['\u0000', 'a\u0000b', '\u0085', '\u2028', '\u202E', '\u200B', '\uFEFF', '\uFFFD', '\uFFFE', '\uFFFF', 'a\uFFFEb'],
  ...['\u{1FFFF}', '\u{10FFFF}', '🎉', '👨‍👩‍👧‍👦', 'ẞ', 'ﬀ', 'İ', 'é', 'ｆｕｌｌ', '१२३', '٣'],
  ...[
    'a@b.c',
    'mail@example.com',
    'john@example.com ',
    '"a b"@example.com',
    'a@[127.0.0.1]',
    'a@пример.рф',
    '@',
    'a@b@c',
  ],
  ...['+380942583691', '380942583691', '000', '+', '1'.repeat(40), '12345678901234567890'],
  ...['2026-01-05T09:00:00Z', '2026-02-30', '0000-00-00', '9999-12-31T23:59:60Z', '+275760-09-13T00:00:00Z', '1e3'],
  ...[
    'https://example.com',
    'https://example.com/%EF%BF%BE%00.csv',
    `https://example.com/${'🎉'.repeat(300)}`,
    'http://127.0.0.1:1/',
    'http://[::1]/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'http://',
  ],
  ...[
    '"',
    '\\',
    "'",
    '<b>',
    '&amp;',
    '=cmd()',
    '${x}',
    '{{x}}',
    '%0d%0a',
    '#',
    '/',
    '//',
    '?a=b',
    'a#b',
    '*',
    ';',
    ',',
  ],
  ...[
    'ids',
    'EMAIL#x',
    'CONTACT#1',
    'SEGMENT#',
    'KEY#',
    'x'.repeat(101),
    'x'.repeat(1025),
    'ю'.repeat(600),
    'x'.repeat(2049),
  ],
  ...['🎉'.repeat(300), `x${'🎉'.repeat(300)}`, '全'.repeat(100), '全'.repeat(1000), 'x'.repeat(20_000)],
];

const halves: readonly string[] = ['"\\ud800"', '"a\\udfffb"', '"\\ud83d\\ud83d\\ude00"', '"\\uFFFE"', '"\\u0000"'];

const numbers: readonly string[] = [
  ...['0', '-0', '-1', '1.5', '1e3', '1e-400', '1e21', '1e125', '1e126', '1e308', '1e400', '-1e400', '0.1e-6'],
  ...['2147483648', '4294967296', '9007199254740991', '9007199254740993', '12345678901234567890', '1e15'],
];

const deep = (depth: number, open: string, close: string) => raw(`${open.repeat(depth)}1${close.repeat(depth)}`);

const things: readonly unknown[] = [
  ...[null, true, false, [], {}, [null], [[]], [{}], { a: { b: {} } }],
  raw('{"__proto__":{"polluted":true}}'),
  raw('{"constructor":{"prototype":{"polluted":true}}}'),
  raw('{"toString":1,"valueOf":2,"length":-1,"then":1,"toJSON":"x"}'),
  deep(50, '[', ']'),
  deep(50, '{"a":', '}'),
  deep(3000, '[', ']'),
  deep(3000, '{"a":', '}'),
];

/** A text that is likely to be where a text is not welcome. */
export const hostileText = (luck: Luck): string => {
  const text = luck.pick(texts);
  return luck.hits(0.15) ? text + luck.pick(texts).slice(0, 500) : text;
};

/** Characters that something on the way might choke on, amid a text that is fine. */
const pieces: readonly string[] = [
  '\u0000',
  '\uFFFE',
  '\uFFFF',
  '\uD800',
  '\uDC00',
  '\u{1FFFF}',
  '🎉',
  '#',
  '/',
  '%',
  '"',
  "'",
];

/** A value like the one that was there, but for something that nobody expects in it. */
const hostileVariant = (value: unknown, luck: Luck): unknown => {
  if (typeof value === 'number' && luck.hits(0.7)) return raw(luck.pick(numbers));
  if (typeof value !== 'string' || luck.hits(0.3)) return hostileValue(luck);
  if (luck.hits(0.2)) return value.repeat(1 + Math.ceil(luck.pick([50, 700, 3000]) / Math.max(1, value.length)));
  const at = luck.below(value.length + 1);
  return raw(JSON.stringify(value.slice(0, at) + luck.pick(pieces) + value.slice(at)));
};

/** A value of any kind that something on the way might choke on. */
export const hostileValue = (luck: Luck): unknown => {
  const kind = luck.below(10);
  if (kind < 4) return hostileText(luck);
  if (kind < 5) return raw(luck.pick(halves));
  if (kind < 7) return raw(luck.pick(numbers));
  return luck.pick(things);
};

/** A value in one place of which something stands that nobody expects there. */
export const spoiled = (value: unknown, luck: Luck): unknown => {
  if (typeof value !== 'object' || value === null || value instanceof RawJson) return hostileVariant(value, luck);
  if (luck.hits(0.08)) return hostileValue(luck);
  if (Array.isArray(value)) {
    if (value.length === 0 || luck.hits(0.15)) return [...value, hostileValue(luck)];
    const at = luck.below(value.length);
    return value.map((one: unknown, index): unknown => (index === at ? spoiled(one, luck) : one));
  }
  const entries = Object.entries(value);
  if (entries.length === 0 || luck.hits(0.1)) return { ...value, [hostileText(luck)]: hostileValue(luck) };
  const [name] = luck.pick(entries);
  return Object.fromEntries(entries.map(([one, inner]) => [one, one === name ? spoiled(inner, luck) : inner]));
};
