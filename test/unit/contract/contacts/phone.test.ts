import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalisePhone } from '#identity/phone.ts';

describe('phone numbers', () => {
  it.each([
    ['380942583691', 'UA', '380942583691'],
    ['+79160001122', 'UA', '79160001122'],
    ['+38 (094) 258-36-91', 'UA', '380942583691'],
    ['00380942583691', 'UA', '380942583691'],
    ['0501234567', 'UA', '380501234567'],
    ['050 123 45 67', 'UA', '380501234567'],
    ['4155552671', 'US', '14155552671'],
    ['+44 20 7946 0000', 'UA', '442079460000'],
    ['+1 202 555 0123', 'UA', '12025550123'],
    [' 380942583691 ', '', '380942583691'],
    ['tel:+380942583691', 'UA', '380942583691'],
    ['380942583691.0', 'UA', '380942583691'],
    ["'+380942583691", 'UA', '380942583691'],
    ['+380\u00A094\u2009258\u202F36\u200B91', 'UA', '380942583691'],
  ])('reads %s in %s', (text, country, stored) => {
    expect(normalisePhone(text, country)).toBe(stored);
  });

  it.each([
    ['', 'UA'],
    ['3.8E+11', 'UA'],
    ['abc', 'UA'],
    ['1234', 'UA'],
    ['12345', 'UA'],
    ['0000000000', 'UA'],
    ['380000000000', 'UA'],
    ['3805011122334', 'UA'],
    ['+380111111111', 'UA'],
    ['10000000000', 'UA'],
    ['+15555550100', 'UA'],
    ['1234567890123456', 'UA'],
    ['+380 94 258 36 91 ext. 5', 'UA'],
    ['380+942583691', 'UA'],
    ['٣٨٠٩٤٢٥٨٣٦٩١', 'UA'],
    ['0501234567', ''],
    ['0'.repeat(100), 'UA'],
    ['380942583691, 380942583692', 'UA'],
  ])('refuses %j in %s', (text, country) => {
    expect(normalisePhone(text, country)).toBeUndefined();
  });

  it.each([
    ['(512) 555-0100', 'any', undefined],
    ['2065550182', 'any', undefined],
    ['4722123456', 'any', '4722123456'],
    ['4722123456', 'long', undefined],
    ['48601234567', 'long', '48601234567'],
    ['48601234567', 'national', undefined],
    ['48 601 234 567', 'long', undefined],
    ['0942583691', 'national', '380942583691'],
    ['380942583691', 'national', '380942583691'],
    ['33611111111', 'international', '33611111111'],
    ['0942583691', 'international', '380942583691'],
  ] as const)(
    'never makes %j, where %s may be told without +, a number of another country than it is',
    (text, bare, stored) => {
      expect(normalisePhone(text, 'UA', bare)).toBe(stored);
    },
  );

  it('reads a number in the default country before any other, and with + never there', () => {
    expect(normalisePhone('4722123456', 'US')).toBe('14722123456');
    expect(normalisePhone('+47 22 12 34 56', 'US')).toBe('4722123456');
    expect(normalisePhone('0942583691', '+')).toBeUndefined();
    expect(normalisePhone('380942583691', '+')).toBe('380942583691');
  });

  it('is normalised once and for all', () => {
    const dialled = fc.tuple(
      fc.constantFrom('', '+', '00', '0', '+380', '380', '1', '44', '39'),
      fc.stringMatching(/^\d{3,13}$/),
    );
    fc.assert(
      fc.property(dialled, fc.constantFrom('UA', 'US', 'GB', 'IT', 'XX'), ([prefix, digits], country) => {
        const stored = normalisePhone(prefix + digits, country);

        if (stored === undefined) return;
        expect(stored).toMatch(/^\d{5,15}$/);
        expect(normalisePhone(`+${stored}`, country)).toBe(stored);
        if (/^[1-9]/.test(prefix + digits)) expect(normalisePhone(stored, country)).toBe(stored);
      }),
      { numRuns: 2000 },
    );
  });
});
