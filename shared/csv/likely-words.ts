import { decoderOf } from './decoder.ts';
import { letterBits } from './likely-letters.ts';

/** Words of a text as one encoding reads them. */
export interface Reading {
  readonly text: string;
  /** How much likelier they are than letters by chance, in powers of two. */
  readonly bits: number;
  /** The share of words that could be some. */
  readonly plausible: number;
}

/** As many bytes of words as are looked at. */
const maxBytes = 16 * 1024;

/** What a word costs that is none, in powers of two. */
const implausible = 8;

/** The words of a text that have a byte beyond ASCII, each once, with spaces between: addresses would drown them. */
export const wordsOf = (sample: Buffer): Buffer => {
  const runs = sample.toString('latin1').match(/[A-Za-z'\x80-\xFF-]+/g) ?? [];
  const words = runs.filter((run) => /[\x80-\xFF]/.test(run));
  return Buffer.from([...new Set(words)].join(' ').slice(0, maxBytes), 'latin1');
};

/**
 * How much words look like real ones: letters of one script, capitals where they belong, no sign among them that people
 * do not write there, and letters that are as frequent as they should be.
 */
export const readWords = (words: Buffer, encoding: string): Reading => {
  const text = decoderOf(encoding).decode(words);
  let bits = 0;
  let count = 0;
  let good = 0;
  for (const word of text.split(' ')) {
    if (!/[^\p{ASCII}]/u.test(word)) continue;
    count += 1;
    const runs = word.split(/[^\p{L}\p{M}]+/u).filter((run) => run !== '');
    if (oddCharacter.test(word) || !runs.every(isOneWord)) bits -= implausible;
    else {
      good += 1;
      for (const run of runs) bits += letterBits(run);
    }
  }
  return { text, bits, plausible: count === 0 ? 0 : good / count };
};

/** Anything but letters and the signs that stand beside them in names and addresses; some only with a space between. */
const oddCharacter = /[^\p{L}\p{M}\p{Nd}\s'’ʼ`´".,:;!?()«»„“”‘–—№§°©®™€…·•/+-]|\p{L}[§°©€•]|[§°©€•]\p{L}/u;

const isOneWord = (run: string): boolean => {
  if (!scripts.some((script) => script.test(run)) || !hasUsualCase(run)) return false;
  // Of a word in Latin letters, most are ASCII.
  return !/^\p{Script=Latin}/u.test(run) || /[A-Za-z]/.test(run) || run.length < 3;
};

const scripts = ['Latin', 'Cyrillic', 'Greek', 'Hebrew', 'Arabic'].map(
  (script) => new RegExp(`^\\p{Script=${script}}[\\p{Script=${script}}\\p{M}]*$`, 'u'),
);

/** All small, all capital, or a capital at the beginning. */
const hasUsualCase = (run: string): boolean => {
  const rest = [...run].slice(1).join('');
  return rest === rest.toLowerCase() || run === run.toUpperCase();
};
