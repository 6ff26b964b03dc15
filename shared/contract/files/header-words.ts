/** Words that headers are made of, as they stand in a `headerKey`. */
export interface HeaderWords {
  readonly words: ReadonlySet<string>;
  readonly longest: number;
}

/** Headers that are longer are no names but prose. */
const longestKey = 60;

/** Words for `wordsIn`, from lists between commas. */
export const headerWords = (...lists: readonly string[]): HeaderWords => {
  const words = new Set(lists.flatMap((list) => list.split(',').map((word) => word.trim())));
  return { words, longest: Math.max(...[...words].map(({ length }) => length)) };
};

/** The words that a key consists of, written together as they are in `MOBILEPHONE`; `undefined` where it has any other. */
export const wordsIn = (key: string, { words, longest }: HeaderWords): readonly string[] | undefined => {
  if (key.length > longestKey) return undefined;
  const upTo = new Map<number, readonly string[]>([[0, []]]);
  for (let at = 0; at < key.length; at += 1) {
    const before = upTo.get(at);
    if (!before) continue;
    for (let end = at + 1; end <= Math.min(at + longest, key.length); end += 1) {
      const word = key.slice(at, end);
      if (words.has(word)) upTo.set(end, [...before, word]);
    }
  }
  return upTo.get(key.length);
};
