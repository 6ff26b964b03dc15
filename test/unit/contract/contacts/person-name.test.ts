import { describe, expect, it } from 'vitest';
import { isPersonName } from '#contract/contacts/person-name.ts';

describe('names', () => {
  it.each([
    'John',
    'Олександр',
    "D'Artagnan",
    'Anna-Maria',
    'Jr.',
    'Dr. John',
    'Louis 14',
    '李',
    'Anna - Maria',
    'Al Bo Cy Anna Berta Clara',
    'a'.repeat(40),
  ])('accepts %s as a first name', (name) => {
    expect(isPersonName(name, 'firstName')).toBe(true);
  });

  it.each([
    'a'.repeat(41),
    '12345',
    'John1234',
    '!!!',
    "'John",
    'John-',
    'Johnny.',
    'J@hn',
    '=1+1',
    'http://x.example',
    'Anna Berta Clara Dora',
    'Al Bo Cy Di',
    '🙂',
  ])('refuses %s as a first name', (name) => {
    expect(isPersonName(name, 'firstName')).toBe(false);
  });

  it('allows any number of words in a last name', () => {
    expect(isPersonName('Garcia Lopez Maria Jesus Cruz', 'lastName')).toBe(true);
  });
});
