import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseEmail } from '#identity/email.ts';

describe('e-mail addresses', () => {
  it.each([
    [' Mail@Example.COM ', 'mail@example.com'],
    ['a@b.co', 'a@b.co'],
    ["o'brien+news_1@sub-domain.example.museum", "o'brien+news_1@sub-domain.example.museum"],
    ['user@пошта.укр', 'user@xn--80a1acn3a.xn--j1amh'],
    ['user@xn--80a1acn3a.xn--j1amh', 'user@xn--80a1acn3a.xn--j1amh'],
    [`${'a'.repeat(64)}@example.com`, `${'a'.repeat(64)}@example.com`],
  ])('accepts %s', (text, stored) => {
    expect(normaliseEmail(text)).toBe(stored);
  });

  it.each([
    '',
    'x',
    '@example.com',
    'x@',
    'x@localhost',
    'x@example',
    'x@example.c',
    'x@127.0.0.1',
    'x@.com',
    'x@example..com',
    'x@-example.com',
    '.x@example.com',
    'x.@example.com',
    'x..y@example.com',
    'x y@example.com',
    'x@y@example.com',
    'x@exam ple.com',
    'ім’я@example.com',
    'x\u0000@example.com',
    'x@example.com\r\nBcc: y@example.com',
    `${'a'.repeat(65)}@example.com`,
    `x@${'a.'.repeat(150)}com`,
    'a@b,c@d.com',
    '<x@example.com>',
    'x@example.com/path',
  ])('refuses %j', (text) => {
    expect(normaliseEmail(text)).toBeUndefined();
  });

  it('is normalised once and for all', () => {
    fc.assert(
      fc.property(fc.oneof(fc.emailAddress(), fc.string({ unit: 'binary' })), (text) => {
        const stored = normaliseEmail(text);

        if (stored !== undefined) expect(normaliseEmail(stored)).toBe(stored);
      }),
    );
  });
});
