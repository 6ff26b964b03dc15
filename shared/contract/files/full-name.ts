/** The parts of a name that was written in one. */
export interface NameParts {
  readonly firstName: string;
  readonly lastName?: string;
}

const prefixes = new Set(
  `mr, mrs, ms, miss, mx, dr, prof, sir, herr, frau, m, mme, sr, sra, пан, пані, панна, г-н, г-жа, гр, др, проф`
    .split(',')
    .map((word) => word.trim()),
);

const suffixes = new Set(`jr, sr, ii, iii, iv, phd, md, mba, esq, мол, ст`.split(',').map((word) => word.trim()));

/** The father's name in Ukrainian and Russian, which comes last or between the two others. */
const patronymic = /(ович|евич|йович|ьович|івна|ївна|овна|евна|ична|ич)$/i;

/**
 * Splits a full name by a written rule: titles before it and after it go; one word is a first name; of two the first is; of
 * more, the first word is the first name and all others the last name. `Smith, John` is turned round, and a father's name
 * stays with the first name: `Шевченко Тарас Григорович`, `Тарас Григорович Шевченко`.
 */
export const splitName = (text: string): NameParts => {
  const [before = '', after] = text.split(',', 2).map((part) => part.trim());
  if (after && !isSuffix(after))
    return { firstName: bare(words(after)).join(' '), lastName: bare(words(before)).join(' ') };
  const named = bare(words(before));
  const [first = text.trim(), second, third] = named;
  if (named.length === 3 && third && patronymic.test(third))
    return { firstName: `${second} ${third}`, lastName: first };
  if (named.length === 3 && second && third && patronymic.test(second)) {
    return { firstName: `${first} ${second}`, lastName: third };
  }
  const rest = named.slice(1).join(' ');
  return { firstName: first, ...(rest !== '' && { lastName: rest }) };
};

const words = (text: string): string[] => text.split(/\s/).filter((word) => word !== '');

const keyOf = (word: string): string => word.toLowerCase().replaceAll('.', '');

const isSuffix = (text: string): boolean => suffixes.has(keyOf(text));

/** A name of titles only is kept as it is. */
const bare = (all: readonly string[]): readonly string[] => {
  const from = all.findIndex((word) => !prefixes.has(keyOf(word)));
  const to = all.findLastIndex((word) => !isSuffix(word));
  return from < 0 || to < from ? all : all.slice(from, to + 1);
};
