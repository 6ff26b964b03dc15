/** The longest first or last name, in characters: of requests, and of the JSON line of an event (contract 2.7). */
export const nameLengths = { request: 40, event: 60 } as const;

const maxDigits = 3;
const shortWordLength = 3;
const maxWordsOfAKind = 3;

/** Whether a text keeps the naming rules of contract 2.7; a first name has a limited number of words, a last name not. */
export const isPersonName = (
  name: string,
  member: 'firstName' | 'lastName',
  maxLength: number = nameLengths.request,
): boolean => {
  if (name.length > 4 * maxLength || [...name].length > maxLength) return false;
  if (!/\p{L}/u.test(name) || (name.match(/\p{N}/gu) ?? []).length > maxDigits) return false;
  const words = name.split(/\s+/);
  if (!words.every(isWord)) return false;
  if (member === 'lastName') return true;
  const short = words.filter((word) => word.length <= shortWordLength).length;
  return short <= maxWordsOfAKind && words.length - short <= maxWordsOfAKind;
};

/** Letters, the apostrophe U+02BC among them, and digits; other apostrophes inside, hyphens inside or by themselves, a full stop after at most three letters. */
const isWord = (word: string): boolean =>
  word === '-' || (/^[\p{L}\p{M}\p{N}]+(['’`-][\p{L}\p{M}\p{N}]+)*\.?$/u.test(word) && hasFittingStop(word));

const hasFittingStop = (word: string): boolean => !word.endsWith('.') || [...word].length - 1 <= shortWordLength;
