import { analyse } from 'chardet';
import { FileError } from '#domain/file-error.ts';
import { likelihoodOf, type WordsView, wordsOf } from './likely-words.ts';

/** An encoding and how sure it is. */
export interface Guess {
  readonly encoding: string;
  readonly percent: number;
}

/** From which confidence on a guess is taken. */
const leastPercent = 80;

/** Encodings that are always thought of, with how much likelier they are than a rare one before anything is read, in bits. */
const usual: Readonly<Record<string, number>> = {
  'windows-1251': 4,
  'windows-1252': 3,
  'windows-1250': 2,
  'windows-1254': 1,
  'windows-1253': 1,
  'windows-1255': 1,
  'koi8-u': 1,
  ibm866: 0,
  'iso-8859-2': 0,
  'iso-8859-5': -2,
  'x-mac-cyrillic': -2,
  macintosh: -2,
};

/** The confidence from which on an encoding that chardet names is thought of, too, and what its confidence is worth. */
const leastNamed = 20;
const confidencePerBit = 5;

/**
 * What the words of a text that is not UTF-8 look like in one encoding or another: whether letters make words of one
 * script, capitals stand where they do, and letters are as frequent as in Ukrainian and Russian; of the others chardet
 * knows their languages. Encodings in which the text reads the same count as one.
 * @throws FileError UNKNOWN_ENCODING where nothing is likely enough.
 */
export const guessEncoding = (sample: Buffer): Guess => {
  const words = wordsOf(sample);
  const named = namedEncodings(words);
  const readings = new Map<string, { encoding: string; bits: number; view: WordsView }>();
  for (const encoding of new Set([...Object.keys(usual), ...named.keys()])) {
    const view = likelihoodOf(words, encoding);
    const bits =
      view.bits + (usual[encoding] ?? 0) + (view.isCyrillic ? 0 : (named.get(encoding) ?? 0) / confidencePerBit);
    const known = readings.get(view.text);
    if (!known || known.bits < bits) readings.set(view.text, { encoding, bits, view });
  }
  const [best, ...others] = [...readings.values()].sort((one, other) => other.bits - one.bits);
  if (!best) throw uncertain();
  const odds = others.reduce((sum, { bits }) => sum + 2 ** (bits - best.bits), 1);
  const percent = Math.floor((100 * best.view.plausible) / odds);
  if (percent < leastPercent) throw uncertain({ encoding: best.encoding, percent });
  return { encoding: best.encoding, percent: Math.min(percent, 99) };
};

const namedEncodings = (words: Buffer): Map<string, number> => {
  const named = new Map<string, number>();
  for (const { name, confidence } of analyse(words)) {
    const encoding = whatwgName(name);
    if (encoding && confidence >= leastNamed) named.set(encoding, Math.max(confidence, named.get(encoding) ?? 0));
  }
  for (const [iso, windows] of Object.entries(windowsTwins)) {
    const confidence = named.get(iso);
    if (confidence !== undefined) named.set(windows, Math.max(confidence, named.get(windows) ?? 0));
  }
  return named;
};

/** What chardet calls by an ISO name may be a Windows file that happens to have no letters of Windows only. */
const windowsTwins: Readonly<Record<string, string>> = {
  'iso-8859-2': 'windows-1250',
  'iso-8859-7': 'windows-1253',
  'iso-8859-8': 'windows-1255',
};

/** Whatever chardet calls it, as far as it can be decoded. */
const whatwgName = (name: string): string | undefined => {
  try {
    const { encoding } = new TextDecoder(name);
    return encoding.startsWith('utf') ? undefined : encoding;
  } catch {
    return undefined;
  }
};

const uncertain = (guess?: Guess): FileError =>
  new FileError(
    'UNKNOWN_ENCODING',
    `The file is not UTF-8, and its encoding is not certain${guess ? ` (${guess.encoding} by ${guess.percent} %)` : ''}; ` +
      'save it as UTF-8, or name its encoding with `encoding`, e.g. windows-1251',
  );
