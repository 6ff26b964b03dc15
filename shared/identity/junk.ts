const listOf = (words: string): ReadonlySet<string> => new Set(words.split(',').map((word) => word.trim()));

/** What programs and people write into any column where they have no value; compared without case and what is around it. */
const noValues = listOf(
  `null, none, undefined, undef, nan, n/a, n\\a, not available, not applicable, not set, not specified, not provided, no value,
  no data, empty, blank, missing, tbd, tba, dbnull, object object, немає, немає даних, відсутній, відсутня, відсутнє, не вказано,
  не вказаний, не задано, порожньо, дані відсутні, отсутствует, не указано, не указан, не задан, не задано, пусто, нет данных,
  данные отсутствуют`,
);

/** What is no value where somebody is to be known by it, though it may be a name or a word elsewhere. */
const nobody = listOf(
  `n, nil, n.a, na, n-a, n a, no email, no phone, no id, no name, no number, noemail, nophone, no-email, no-phone, no mail, nomail,
  not known, not given, unknown, unspecified, anonymous, anonymus, anon, guest, guest user, void, todo, default, true, false, test,
  нема, нет, ні, ничего, нічого, невідомо, невідомий, неизвестно, неизвестный, не известно, не відомо, аноним, анонім, анонімний,
  анонимный, гость, гість, без номера, без телефону, без телефона, без пошти, без почты, нема телефону, немає телефону,
  немає пошти, нет телефона, нет почты, прочерк, тест, unbekannt, keine, kein, keine angabe, brak, nie dotyczy, ninguno, ninguna,
  desconocido, sin datos, aucun, aucune, inconnu, anonyme`,
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
  const said = folded(text);
  const isSaid = (one: string) => folded(one) === said;
  if (realValues?.some(isSaid)) return false;
  if (junkValues?.some(isSaid)) return true;
  // Anyone who has another digit is somebody.
  if (/[1-9]/.test(said)) return false;
  return isNoValue(text) || nobody.has(bareWord(said)) || allZeros.test(said) || crosses.test(said) || isNobody(said);
};

/** In one width and one case. */
const folded = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

/** Addresses that people type where they have none: the same word before and after the `@`, as in `none@none.com`. */
const isNobody = (text: string): boolean => {
  const [, local = '', label] = /^([^@]+)@([^@.]+)\.[^@]+$/.exec(text) ?? [];
  return local === label && local !== 'test' && (noValues.has(local) || nobody.has(local));
};

const crosses = /^[xх]{2,}$/;

/** Whether a text stands for no value in any column: the part of the table that is no word of people. */
export const isNoValue = (text: string): boolean => {
  if (text.length > longestJunk) return false;
  const said = folded(text);
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

const spreadsheetError =
  /^#(ref!|value!|name\?|num!|div\/0!|spill!|calc!|getting_data|field!|connect!|blocked!|unknown!|busy!|error!|macro!|python!)$/;

/** Also `0000`, `0.0` and the GUID of nothing. */
const allZeros = /^[{(+]?[0-]+([.,]0+)?[)}]?$/;
