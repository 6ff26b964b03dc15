import { describe, expect, it } from 'vitest';
import type { CustomField, CustomFieldType } from '#domain/fields/custom-field.ts';
import { normaliseFieldValue, suitableFieldValues } from '#domain/fields/field-value.ts';

const fieldOf = (type: CustomFieldType): CustomField => ({
  id: 101,
  group: 'Shop',
  name: 'Field',
  key: 'FIELD',
  type,
  identifier: false,
  possibleValues: ['red', 'dark blue', 'green'],
});

describe('a value that suits its field (contract 2.6) is stored as', () => {
  it.each<[CustomFieldType, string, string]>([
    ['textfield', 'gold', 'gold'],
    ['textfield', 'd'.repeat(1000), 'd'.repeat(1000)],
    ['textfield', 'Ґанок, 北京, 🙂', 'Ґанок, 北京, 🙂'],
    ['textarea', 't'.repeat(5000), 't'.repeat(5000)],
    ['textarea', 'two\nlines', 'two\nlines'],
    ['number', '7', '7'],
    ['number', ' +7 ', '7'],
    ['number', '007', '7'],
    ['number', '-2147483648', '-2147483648'],
    ['number', '2147483647', '2147483647'],
    ['decimal', '12', '12'],
    ['decimal', '12.50', '12.50'],
    ['decimal', '-12,5', '-12.5'],
    ['decimal', '+0.1', '0.1'],
    ['date', '1990-01-31', '1990-01-31'],
    ['date', '31/01/1990', '1990-01-31'],
    ['date', '31.01.1990', '1990-01-31'],
    ['date', '31.01.90', '1990-01-31'],
    ['date', '31.01.26', '2026-01-31'],
    ['date', '1990/01/31', '1990-01-31'],
    ['date', '2024-02-29', '2024-02-29'],
    ['datetime', '2026-01-31T23:59', '2026-01-31T23:59'],
    ['datetime', '2026/01/31 00:00', '2026-01-31T00:00'],
    ['datetime', '2026-01-31T10:20:30', '2026-01-31T10:20'],
    ['combobox', 'red', 'red'],
    ['combobox', ' dark blue ', 'dark blue'],
    ['checkboxlist', 'red', 'red'],
    ['checkboxlist', 'red, green', 'red,green'],
    ['checkboxlist', 'green,red,green,', 'green,red'],
  ])('%s %j: %j', (type, value, stored) => {
    expect(normaliseFieldValue(fieldOf(type), value)).toBe(stored);
  });
});

describe('a value that does not suit its field is told apart', () => {
  it.each<[CustomFieldType, string]>([
    ['textfield', 'd'.repeat(1001)],
    ['textfield', '100%'],
    ['textfield', 'a^b'],
    ['textfield', 'a*b'],
    ['textfield', 'a|b'],
    ['textfield', 'a~b'],
    ['textfield', 'a{b'],
    ['textarea', 't'.repeat(5001)],
    ['textarea', '{"a":1}'],
    ['number', '2147483648'],
    ['number', '-2147483649'],
    ['number', '1.5'],
    ['number', 'seven'],
    ['number', '99999999999999999999'],
    ['number', '1e3'],
    ['decimal', '1.2.3'],
    ['decimal', '.5'],
    ['decimal', 'NaN'],
    ['decimal', '1e3'],
    ['date', '2025-02-29'],
    ['date', '31-01-1990'],
    ['date', '1990-13-01'],
    ['date', '1990-1-1'],
    ['date', 'yesterday'],
    ['datetime', '2026-01-31'],
    ['datetime', '2026-01-31T24:00'],
    ['datetime', '2026-01-31T10:60'],
    ['datetime', '2026-02-31T10:00'],
    ['combobox', 'pink'],
    ['combobox', 'Red'],
    ['combobox', 'red,green'],
    ['checkboxlist', 'red,pink'],
  ])('%s %j', (type, value) => {
    expect(normaliseFieldValue(fieldOf(type), value)).toBeUndefined();
  });
});

describe('of the values of a contact', () => {
  const definitions = new Map([[101, fieldOf('number')]]);

  it('the suitable ones are kept and the others warned of', () => {
    const { values, warnings } = suitableFieldValues(
      [
        { id: 101, value: '+7' },
        { id: 999, value: 'x' },
      ],
      definitions,
    );

    expect(values).toEqual([{ id: 101, value: '7' }]);
    expect(warnings.map(({ code, field }) => [code, field])).toEqual([['UNKNOWN_FIELD', 'fields.999']]);
  });

  it('a blank one is kept as the wish to clear its field, whatever its type', () => {
    expect(suitableFieldValues([{ id: 101, value: '  ' }], definitions)).toEqual({
      values: [{ id: 101, value: '' }],
      warnings: [],
    });
  });

  it('none reaches a warning, as it may be personal', () => {
    const { warnings } = suitableFieldValues([{ id: 101, value: 'secret' }], definitions);

    expect(JSON.stringify(warnings)).not.toContain('secret');
  });
});
