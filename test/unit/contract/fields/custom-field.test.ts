import { describe, expect, it } from 'vitest';
import { parseCreateField } from '#contract/fields/custom-field.ts';

describe('defining a custom field', () => {
  it.each([
    [
      { name: 'Loyalty card', type: 'textfield' },
      { group: 'Personal', key: 'LOYALTY_CARD', identifier: false },
    ],
    [
      { name: ' Size ', type: 'textfield', group: 'Shop', key: 'SIZE_EU' },
      { name: 'Size', group: 'Shop', key: 'SIZE_EU' },
    ],
    [
      { name: 'Café №1', type: 'number', identifier: 'true' },
      { key: 'CAFE_NO1', identifier: true },
    ],
    [{ name: 'Sizes', type: 'checkboxlist', possibleValues: ['S', 'M', 'S'] }, { possibleValues: ['S', 'M'] }],
    [{ name: 'Size', type: 'combobox', possibleValues: 'S' }, { possibleValues: ['S'] }],
  ])('accepts %j', (body, expected) => {
    expect(parseCreateField(body)).toMatchObject(expected);
  });

  it.each([
    [null, /must be an object/],
    [{ type: 'textfield' }, /name must be text/],
    [{ name: ' ', type: 'textfield' }, /name must have at least 1 characters/],
    [{ name: 'x', type: 'text' }, /type must be one of textfield/],
    [{ name: 'x', type: 'textfield', key: 'lower' }, /key must match/],
    [{ name: 'Розмір', type: 'textfield' }, /key must be given/],
    [{ name: 'x', type: 'combobox' }, /possibleValues must have/],
    [{ name: 'x', type: 'textfield', possibleValues: ['a'] }, /possibleValues must be absent/],
    [{ name: 'x', type: 'checkboxlist', possibleValues: ['a,b'] }, /no commas/],
    [{ name: 'x', type: 'textarea', identifier: true }, /identifier must be false/],
    [{ name: 'x', type: 'combobox', possibleValues: ['a'], identifier: true }, /identifier must be false/],
  ])('refuses %j', (body, message) => {
    expect(() => parseCreateField(body)).toThrow(message);
  });
});
