import { FileError } from '#domain/files/file-error.ts';
import { type Reading, readWords, wordsOf } from './likely-words.ts';

/** An encoding and how sure it is. */
export interface Guess {
  readonly encoding: string;
  readonly percent: number;
}

/** From which confidence on a guess is taken. */
const leastPercent = 80;

/** Encodings that are thought of, with how much likelier they are before anything is read, in powers of two. */
const candidates: Readonly<Record<string, number>> = {
  'windows-1251': 4,
  'windows-1252': 3,
  'windows-1250': 2,
  'windows-1254': 1,
  'windows-1253': 1,
  'windows-1255': 1,
  'windows-1257': 0,
  'windows-1256': 0,
  'koi8-u': 1,
  ibm866: 0,
  'iso-8859-2': -1,
  'iso-8859-5': -2,
  'x-mac-cyrillic': -3,
  macintosh: -3,
};

/**
 * The encoding in which the words of a text that is not UTF-8 look the most like words. Encodings in which they read the
 * same count as one.
 * @throws FileError UNKNOWN_ENCODING if none is likely enough, as in East Asian ones, which are not thought of.
 */
export const guessEncoding = (sample: Buffer): Guess => {
  const words = wordsOf(sample);
  const readings = new Map<string, { encoding: string; bits: number; reading: Reading }>();
  for (const [encoding, prior] of Object.entries(candidates)) {
    const reading = readWords(words, encoding);
    const bits = prior + reading.bits;
    const known = readings.get(reading.text);
    if (!known || known.bits < bits) readings.set(reading.text, { encoding, bits, reading });
  }
  const [best, ...others] = [...readings.values()].sort((one, other) => other.bits - one.bits);
  const odds = others.reduce((sum, { bits }) => sum + 2 ** (bits - (best?.bits ?? 0)), 1);
  const guess = {
    encoding: best?.encoding ?? 'utf-8',
    percent: Math.min(99, Math.floor((100 * (best?.reading.plausible ?? 0)) / odds)),
  };
  if (guess.percent >= leastPercent) return guess;
  throw new FileError(
    'UNKNOWN_ENCODING',
    `The file is not UTF-8, and its encoding is not certain (${guess.encoding} by ${guess.percent} %); ` +
      'save it as UTF-8, or name its encoding with `encoding`, e.g. windows-1251',
  );
};
