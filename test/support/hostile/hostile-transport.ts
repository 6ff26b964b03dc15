import type { Luck } from './luck.ts';

/** Parts of a path that are no text, or more than one part. */
const segments: readonly string[] = [
  ...['%', '%zz', '%00', '%ED%A0%80', '%FF%FE', '%EF%BF%BE', '%EF%BF%BF', '%C0%AE', '%F0%9F%8E%89', '%25', '%2525'],
  ...[
    '..%2f..%2fetc',
    '%2e%2e',
    '..',
    '.',
    '%2F',
    '1%2F2',
    '1;a=b',
    "'",
    '%5C',
    '+',
    '%20',
    '%0d%0aX:%20y',
    '*',
    '{id}',
  ],
  ...['9'.repeat(400), 'x'.repeat(5000), '-1', '0', '1e3', '0x10', '__proto__', 'constructor'],
];

/** A part of a path as no client would encode it. */
export const hostileSegment = (luck: Luck): string => luck.pick(segments);

/** Parameters that no operation knows, or that are none. */
const parameters: readonly string[] = [
  ...['__proto__=x', 'constructor=1', 'toString', '=', '%', '%00=%00', '%ED%A0%80=1', 'a[]=1', 'a[b]=c', 'limit=%FF'],
  ...[
    'limit=1&limit=2',
    'cursor=',
    'cursor=W10',
    'maxrows=1e400',
    'startindex=-0',
    '?',
    '&&&',
    `x=${'y'.repeat(4000)}`,
  ],
];

/** The path with its query; seldom with what belongs to neither. */
export const manglePath = (path: string, query: readonly string[], luck: Luck): string => {
  const all = luck.hits(0.1) ? [...query, luck.pick(parameters)] : query;
  const slash = luck.hits(0.05) ? luck.pick(['/', '//', '/%2F', '/.']) : '';
  return `${path}${slash}${all.length > 0 || luck.hits(0.05) ? '?' : ''}${all.join('&')}`;
};

const contentTypes: readonly string[] = [
  ...['text/plain', 'application/json;charset=UTF-16', 'application/x-www-form-urlencoded', 'application/octet-stream'],
  ...['multipart/form-data; boundary=x', 'application/xml', 'text/csv', 'json', ';', 'application/json, text/html'],
];

const oddHeaders: readonly Readonly<Record<string, string>>[] = [
  { authorization: 'Basic' },
  { authorization: `Basic ${'A'.repeat(3000)}` },
  { authorization: 'Basic OmxvY2FsLWtleQ==, Basic eDp5' },
  { authorization: `Basic ${Buffer.from('\u0000:\uFFFF').toString('base64')}` },
  { 'idempotency-key': 'the same' },
  { 'idempotency-key': 'the-same' },
  { 'idempotency-key': '\u00ff' },
  { 'idempotency-key': 'x'.repeat(300) },
  { 'accept-encoding': 'gzip;q=0, *;q=junk' },
  { 'x-forwarded-for': 'unknown, 256.0.0.1' },
  { 'sec-fetch-mode': 'no-cors' },
  { origin: 'null', 'x-requested-with': '%00' },
  { 'content-encoding': 'gzip' },
  { cookie: '__proto__=1; =; a' },
];

/** Headers as they are, but for one that is odd now and then. */
export const hostileHeaders = (hasBody: boolean, luck: Luck): Readonly<Record<string, string>> => ({
  ...(hasBody && { 'content-type': luck.hits(0.15) ? luck.pick(contentTypes) : 'application/json' }),
  ...(luck.hits(0.1) && luck.pick(oddHeaders)),
});

/** JSON that was cut, doubled, or put into bytes that are no text. */
export const mangleText = (json: string, luck: Luck): string | Buffer => {
  const at = luck.below(json.length + 1);
  return luck.pick<string | Buffer>([
    json.slice(0, at),
    json + json,
    `\uFEFF${json}`,
    `\u00A0${json}\u00A0`,
    json.replaceAll('"', "'"),
    Buffer.from(json, 'utf16le'),
    Buffer.concat([Buffer.from(json.slice(0, at)), Buffer.from([0xff, 0xed, 0xa0, 0x80]), Buffer.from(json.slice(at))]),
    '',
    '\u0000',
    'null',
    '[]',
  ]);
};
