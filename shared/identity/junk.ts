const listOf = (words: string): ReadonlySet<string> => new Set(words.split(',').map((word) => word.trim()));

/** What programs and people write into any column where they have no value; compared without case and what is around it. */
const noValues = listOf(
  `null, none, undefined, undef, nan, n/a, not available, not applicable, not set, not specified, not provided, no value,
  no data, empty, blank, missing, tbd, tba, немає, відсутній, відсутня, відсутнє, не вказано, не вказаний, не задано, порожньо,
  отсутствует, не указано, не указан, не задан, не задано, пусто`,
);

/** What is no value where somebody is to be known by it, though it may be a name or a word elsewhere. */
const nobody = listOf(
  `n, nil, n.a, na, no email, no phone, noemail, nophone, unknown, anonymous, anon, guest, void, todo, xxx, test, нема, нет,
  невідомо, неизвестно, аноним, анонім, гость, гість`,
);

/** How a stage differs from the table. */
export interface JunkRule {
  /** What else stands for no identity, e.g. `walk-in`. */
  readonly junkValues?: readonly string[];
  /** What is an identity although the table says otherwise, e.g. `0`. */
  readonly realValues?: readonly string[];
}

/**
 * Whether a text stands for nobody: `NULL`, `#N/A`, `\N`, `-`, `?`, `[]`, `(No value)`, `anonymous`, zeros and their like. As
 * an identity it would make one person of everybody who has it.
 */
export const isJunk = (text: string, { junkValues, realValues }: JunkRule = {}): boolean => {
  if (text.length > longestJunk) return false;
  const said = text.trim().toLowerCase();
  if (realValues?.some((one) => one.trim().toLowerCase() === said)) return false;
  return (
    isNoValue(text) ||
    nobody.has(bareWord(said)) ||
    allZeros.test(said) ||
    (junkValues?.some((one) => one.trim().toLowerCase() === said) ?? false)
  );
};

/** Whether a text stands for no value in any column: the part of the table that is no word of people. */
export const isNoValue = (text: string): boolean => {
  if (text.length > longestJunk) return false;
  const said = text.trim().toLowerCase();
  if (said === '') return false;
  const bare = bareWord(said);
  return bare === '' || said === '\\n' || noValues.has(bare) || spreadsheetError.test(said);
};

const longestJunk = 40;

/** Without marks around it; a text of nothing else is empty then. */
const bareWord = (text: string): string => {
  const characters = [...text];
  const first = characters.findIndex(isOfWord);
  const last = characters.findLastIndex(isOfWord);
  return first < 0
    ? ''
    : characters
        .slice(first, last + 1)
        .join('')
        .replace(/\s+/g, ' ');
};

const isOfWord = (character: string): boolean => /[\p{L}\p{N}]/u.test(character);

const spreadsheetError = /^#(ref!|value!|name\?|num!|div\/0!|spill!|calc!)$/;

const allZeros = /^[+-]?0+([.,]0+)?$/;
