/**
 * How much likelier a word's letters are than letters by chance, in powers of two: by how frequent they are and, if
 * letters with marks stand among ASCII, by whether vowels and consonants take turns. `Dvořák` is likelier than
 * `Dvoøák`, and `Lefèvre` than `Lefčvre`. ASCII itself, which every encoding reads the same, says nothing.
 */
export const letterBits = (word: string): number => {
  const letters = [...word.toLowerCase()];
  return letters.reduce((bits, letter, index) => {
    if (letter < '\u0080') return bits;
    const known = cyrillic[letter] ?? latin[letter];
    if (known === undefined && !/[\p{Script=Cyrillic}\p{Script=Latin}]/u.test(letter)) return bits + otherScripts;
    const frequency = Math.log2(((known ?? unheardOf) / 1000) * alphabet);
    return bits + frequency + turns(letter, letters[index - 1]) + turns(letter, letters[index + 1]);
  }, 0);
};

/** Letters of other scripts than these two, of which the frequencies are not known. */
const otherScripts = 0.3;

/** How often a letter occurs in a thousand that is in neither table. */
const unheardOf = 0.2;

/** Letters of an alphabet, with its marks. */
const alphabet = 40;

/** In Ukrainian and Russian, in a thousand letters. */
const cyrillic: Readonly<Record<string, number>> = {
  ...{ о: 98, а: 85, и: 66, н: 66, е: 66, т: 55, р: 48, с: 48, в: 48, л: 40, к: 38, і: 30, м: 31, д: 30, у: 30 },
  ...{ п: 27, з: 20, я: 20, б: 17, ь: 17, г: 16, ч: 13, й: 12, х: 11, ы: 10, ж: 8, ш: 8, ю: 7, ц: 6, ї: 6, є: 4 },
  ...{ щ: 4, ф: 4, э: 2, ё: 1, ъ: 0.4, ґ: 0.6 },
};

/** In the languages of Europe, in a thousand letters with marks. */
const latin: Readonly<Record<string, number>> = {
  ...{ é: 120, á: 80, ü: 70, í: 70, ó: 70, ö: 60, ä: 60, ł: 40, č: 35, š: 35, ç: 35, ã: 30, è: 30, å: 30, ñ: 30 },
  ...{ ú: 25, ı: 25, ř: 25, ž: 25, ě: 20, ý: 20, ą: 20, ę: 20, ş: 20, ś: 15, ć: 15, ż: 15, ß: 15, ø: 15, à: 15 },
  ...{ ā: 15, ê: 12, ń: 10, â: 10, ů: 10, ğ: 10, ī: 10, ū: 10, ă: 8, ő: 14, ë: 8, ē: 8, ė: 8, ô: 6, æ: 6, ţ: 6 },
  ...{ đ: 5, ų: 5, ì: 4, õ: 4, ò: 4, î: 4, ň: 4, ű: 6, ņ: 4, ļ: 4, į: 4, ï: 3, û: 3, ù: 3, ź: 3, ģ: 3, ķ: 3 },
  ...{ ť: 2, ď: 2, ľ: 1 },
};

/** What a neighbour of the other kind is worth, and costs if it is of the same. */
const turn = 1.5;

const vowels = /[aeiouàáâãäåæèéêëìíîïòóôõöøùúûüýāēīōūąęėįųăıőűůěœ]/;

const turns = (letter: string, neighbour: string | undefined): number => {
  if (neighbour === undefined || neighbour === 'y' || !/\p{Script=Latin}/u.test(letter + neighbour)) return 0;
  return vowels.test(letter) === vowels.test(neighbour) ? -turn : turn;
};
