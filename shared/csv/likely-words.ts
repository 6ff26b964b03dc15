/** Words of a text as one encoding reads them. */
export interface WordsView {
  readonly text: string;
  /** How much likelier than a row of letters by chance, in powers of two. */
  readonly bits: number;
  /** The share of words that could be some. */
  readonly plausible: number;
  readonly isCyrillic: boolean;
}

/** As many bytes of words as are looked at. */
const maxBytes = 16 * 1024;

/** What a word costs that is none, in bits. */
const implausible = 8;

/** The words of a text that have a byte beyond ASCII, each with a space after it. */
export const wordsOf = (sample: Buffer): Buffer => {
  const words = sample.toString('latin1').match(/[A-Za-z'\x80-\xFF-]*[\x80-\xFF][A-Za-z'\x80-\xFF-]*/g) ?? [];
  return Buffer.from([...new Set(words)].join(' ').slice(0, maxBytes), 'latin1');
};

/** How likely it is that people wrote these words in an encoding. */
export const likelihoodOf = (words: Buffer, encoding: string): WordsView => {
  const text = new TextDecoder(encoding).decode(words);
  let bits = 0;
  let count = 0;
  let good = 0;
  let cyrillic = 0;
  for (const word of text.split(' ')) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is told apart
    if (/^[\x00-\x7F]*$/.test(word)) continue;
    count += 1;
    const runs = word.split(/[^\p{L}\p{M}]+/u).filter((run) => run !== '');
    const isGood = !oddCharacter.test(word) && runs.every(isOneWord);
    if (!isGood) bits -= implausible;
    else good += 1;
    if (!isGood) continue;
    if (/\p{Script=Cyrillic}/u.test(word)) cyrillic += 1;
    for (const run of runs) for (const letter of run.toLowerCase()) bits += frequencyBits(letter);
  }
  return { text, bits, plausible: count === 0 ? 0 : good / count, isCyrillic: cyrillic > count / 2 };
};

/** Anything but letters and the signs that stand beside them in names and addresses. */
const oddCharacter = /[^\p{L}\p{M}\p{Nd}\s'’ʼ`´".,:;!?()«»„“”‘–—№§°©®™€…·•/+-]|\p{L}[§°©€]|[§°©€]\p{L}/u;

const isOneWord = (run: string): boolean => {
  const isOneScript = scripts.some((script) => script.test(run));
  return (
    isOneScript && hasUsualCase(run) && (!/[A-Za-z]/.test(run) === !/\p{Script=Latin}/u.test(run) || run.length < 3)
  );
};

const scripts = [
  /^[\p{Script=Latin}\p{M}]+$/u,
  /^[\p{Script=Cyrillic}\p{M}]+$/u,
  /^[\p{Script=Greek}\p{M}]+$/u,
  /^[\p{Script=Hebrew}\p{M}]+$/u,
  /^[\p{Script=Arabic}\p{M}]+$/u,
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー々]+$/u,
];

/** All small, all capital, or a capital at the beginning. */
const hasUsualCase = (run: string): boolean => {
  const rest = [...run].slice(1).join('');
  return rest === rest.toLowerCase() || run === run.toUpperCase();
};

/** How often letters occur in a thousand of Ukrainian and Russian. */
const cyrillicFrequencies: Readonly<Record<string, number>> = {
  ...{ о: 98, а: 85, и: 66, н: 66, е: 66, т: 55, р: 48, с: 48, в: 48, л: 40, к: 38, і: 30, м: 31, д: 30, у: 30 },
  ...{ п: 27, з: 20, я: 20, б: 17, ь: 17, г: 16, ч: 13, й: 12, х: 11, ы: 10, ж: 8, ш: 8, ю: 7, ц: 6, ї: 6, є: 4 },
  ...{ щ: 4, ф: 4, э: 2, ё: 1, ъ: 0.4, ґ: 0.4 },
};

/** How often letters with marks occur in a thousand of them in the languages of Europe. */
const latinFrequencies: Readonly<Record<string, number>> = {
  ...{ é: 120, á: 80, ü: 70, í: 70, ó: 70, ö: 60, ä: 60, ł: 40, č: 35, š: 35, ç: 35, ã: 30, è: 30, å: 30, ñ: 30 },
  ...{ ú: 25, ı: 25, ř: 25, ž: 25, ě: 20, ý: 20, ą: 20, ę: 20, ś: 15, ć: 15, ż: 15, ş: 15, ß: 15, ø: 15, à: 15 },
  ...{ ń: 10, ê: 10, â: 10, ů: 10, ğ: 10, ő: 8, ă: 8, ë: 8, ô: 6, ț: 5, æ: 6, ì: 4, õ: 4, ò: 4, î: 4, ň: 4, ű: 4 },
  ...{ ï: 3, û: 3, ù: 3, ź: 3, ť: 2, ď: 2, đ: 2, ľ: 1 },
};
const letters = 40;

/** How much likelier a letter is than by chance; ASCII, which every encoding reads the same, says nothing. */
const frequencyBits = (letter: string): number => {
  if (letter < '\u0080' || !/[\p{Script=Cyrillic}\p{Script=Latin}]/u.test(letter)) return 0;
  const known = cyrillicFrequencies[letter] ?? latinFrequencies[letter] ?? 0.2;
  return Math.log2((known / 1000) * letters);
};
