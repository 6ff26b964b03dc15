import { headerKey } from './header-key.ts';

/** The parts of a name that was written in one. */
export interface NameParts {
  readonly firstName?: string;
  readonly lastName?: string;
}

const prefixes = new Set(
  `mr, mrs, ms, miss, mx, dr, prof, sir, herr, frau, m, mme, sr, sra, пан, пані, панна, г-н, г-жа, гр, др, проф`
    .split(',')
    .map((word) => word.trim()),
);

const suffixes = new Set(`jr, sr, ii, iii, iv, phd, md, mba, esq, мол, ст`.split(',').map((word) => word.trim()));

/** Titles before a single word make it a last name. */
const surnameTitles = new Set(
  `mr, mrs, ms, miss, mx, dr, prof, herr, frau, mme, г-н, г-жа, др, проф`.split(',').map((word) => word.trim()),
);

/** `J.`, `J.R.R.` and their like. */
const initials = /^(\p{Lu}\.){1,4}$/u;

/** What joins two people in one name. */
const joints = new Set(['&', '+', 'and', 'und', 'та', 'і', 'и']);

/** How headers begin that put the last name first, by `headerKey`. */
const surnameFirst = ['піб', 'фіо', 'фио', 'прізвище', 'фамилия', 'lastname', 'surname'];

/** The father's name in Ukrainian and Russian, which comes last or between the two others. */
const patronymic = /(ович|евич|йович|ьович|івна|ївна|овна|евна|ична|ич)$/i;

/**
 * Splits a full name by a written rule: titles before it and after it go; one word is a first name, after a title a last name;
 * of two the first is; of more, the first word is the first name and all others the last name. `Smith, John` is turned round, and
 * so is everything under a header such as `ПІБ`. A father's name and initials stay with the first name: `Шевченко Тарас Григорович`,
 * `Тарас Григорович Шевченко`, `J. R. R. Tolkien`, `Шевченко Т. Г.`; two people share a last name: `John & Mary Smith`.
 */
export const splitName = (text: string, header = ''): NameParts => {
  const [before = '', after] = text.split(',', 2).map((part) => part.trim());
  if (after && !isSuffix(after)) return partsOf(bare(words(after)), bare(words(before)));
  const all = words(before);
  const named = bare(all);
  const [first = '', second = '', third = ''] = named;
  if (named.length === 1) {
    const isSurname = named.length < all.length && surnameTitles.has(keyOf(all[0] ?? ''));
    return isSurname ? { lastName: first } : { firstName: first };
  }
  if (named.length === 3 && patronymic.test(second)) return partsOf([first, second], [third]);
  const isSurnameFirst =
    (named.length === 3 && patronymic.test(third)) || isFollowedByInitials(named) || isOfSurnames(header);
  if (isSurnameFirst) return partsOf(named.slice(1), [first]);
  const count = firstNames(named);
  return partsOf(named.slice(0, count), named.slice(count));
};

const partsOf = (first: readonly string[], last: readonly string[]): NameParts => ({
  ...(first.length > 0 && { firstName: first.join(' ') }),
  ...(last.length > 0 && { lastName: last.join(' ') }),
});

/** One initial behind a name is short for a last name: `Maria K.` */
const isFollowedByInitials = ([first = '', ...rest]: readonly string[]): boolean =>
  !initials.test(first) && rest.join('').length > 2 && rest.every((word) => initials.test(word));

const isOfSurnames = (header: string): boolean => {
  const key = headerKey(header);
  return surnameFirst.some((start) => key.startsWith(start));
};

/** How many words of a name are its first names, of which at least one word is left over. */
const firstNames = (named: readonly string[]): number => {
  const joint = named.findIndex((word) => joints.has(word.toLowerCase()));
  if (joint > 0 && joint + 2 < named.length) return joint + 2;
  const count = named.findIndex((word) => !initials.test(word));
  return Math.max(1, count);
};

const words = (text: string): string[] => text.split(/\s/).filter((word) => word !== '');

const keyOf = (word: string): string => word.toLowerCase().replaceAll('.', '');

const isSuffix = (text: string): boolean => suffixes.has(keyOf(text));

/** A name of titles only is kept as it is. */
const bare = (all: readonly string[]): readonly string[] => {
  const from = all.findIndex((word) => !prefixes.has(keyOf(word)) && !joints.has(word.toLowerCase()));
  const to = all.findLastIndex((word) => !isSuffix(word));
  return from < 0 || to < from ? all : all.slice(from, to + 1);
};
