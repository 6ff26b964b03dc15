import { describe, expect, it } from 'vitest';
import { splitName } from '#contract/files/full-name.ts';

describe('a name that was written in one', () => {
  it.each([
    ['Ann', 'Ann', undefined],
    ['Ann Lee', 'Ann', 'Lee'],
    ['Ludwig van Beethoven', 'Ludwig', 'van Beethoven'],
    ['Lee, Ann', 'Ann', 'Lee'],
    ['Dr. Ann Lee, PhD', 'Ann', 'Lee'],
    ['Mr. Lee', undefined, 'Lee'],
    ['пан Тарас', 'Тарас', undefined],
    ['Mr and Mrs Lee', undefined, 'Lee'],
    ['John & Mary Lee', 'John & Mary', 'Lee'],
    ['John and Mary', 'John', 'and Mary'],
    ['J. R. R. Tolkien', 'J. R. R.', 'Tolkien'],
    ['J.R.R. Tolkien', 'J.R.R.', 'Tolkien'],
    ['Шевченко Т. Г.', 'Т. Г.', 'Шевченко'],
    ['Шевченко Т.Г.', 'Т.Г.', 'Шевченко'],
    ['Maria K.', 'Maria', 'K.'],
    ['Шевченко Тарас Григорович', 'Тарас Григорович', 'Шевченко'],
    ['Тарас Григорович Шевченко', 'Тарас Григорович', 'Шевченко'],
  ])('%s is %s and %s', (text, firstName, lastName) => {
    expect(splitName(text)).toEqual({ ...(firstName && { firstName }), ...(lastName && { lastName }) });
  });

  it.each([
    ['ПІБ', 'Шевченко Тарас', 'Тарас', 'Шевченко'],
    ['ФИО клиента', 'Петров Иван', 'Иван', 'Петров'],
    ["Прізвище та ім'я", 'Коваль Олена', 'Олена', 'Коваль'],
    ['Last name, first name', 'Lee Ann', 'Ann', 'Lee'],
    ['ПІБ', 'Тарас Григорович Шевченко', 'Тарас Григорович', 'Шевченко'],
    ["Ім'я та прізвище", 'Олена Коваль', 'Олена', 'Коваль'],
    ['Name', 'Ann Lee', 'Ann', 'Lee'],
  ])('under %s %s is %s and %s', (header, text, firstName, lastName) => {
    expect(splitName(text, header)).toEqual({ firstName, lastName });
  });
});
