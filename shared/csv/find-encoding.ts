import { FileError } from '#domain/files/file-error.ts';
import { guessEncoding } from './guess-encoding.ts';
import type { Sample } from './take-sample.ts';
import { utf8Share } from './utf8-share.ts';

/** The encoding of a file and, if people should know, how it was found out. */
export interface FoundEncoding {
  readonly encoding: string;
  readonly note?: string;
}

/** Damaged bytes among that many good ones leave a file what it is. */
const leastUtf8Share = 0.9;

/**
 * The encoding of a text, by this order: a byte order mark, which nothing beats (as in the WHATWG Encoding Standard); the
 * caller's word; the zeros of UTF-16; UTF-8, which no other text happens to be; and what its words look like.
 * @throws FileError UNKNOWN_ENCODING if the caller's word is none, or nothing is likely enough.
 */
export const findEncoding = ({ head, further }: Sample, label: string | undefined): FoundEncoding => {
  const said = label === undefined ? undefined : encodingOf(label);
  const marked = markedEncoding(head);
  if (marked) {
    const isOther = said !== undefined && said !== marked;
    return { encoding: marked, ...(isOther && { note: `Read as ${marked} by its byte order mark, not as ${said}` }) };
  }
  if (said !== undefined) return { encoding: said };
  const wide = wideEncoding(head);
  if (wide) return { encoding: wide, note: `Read as ${wide}, detected by its zero bytes` };
  const text = Buffer.concat([head, ...further]);
  const share = utf8Share(text);
  if (share === 1) return { encoding: 'utf-8' };
  if (share >= leastUtf8Share)
    return { encoding: 'utf-8', note: 'Read as utf-8, though some of its bytes are damaged' };
  const { encoding, percent } = guessEncoding(text);
  return { encoding, note: `Read as ${encoding}, detected with ${percent} % confidence` };
};

/** The name of an encoding by any of its labels. */
const encodingOf = (label: string): string => {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    throw new FileError('UNKNOWN_ENCODING', `There is no encoding '${label}'; examples are utf-8 and windows-1251`);
  }
};

const markedEncoding = (sample: Buffer): string | undefined => {
  const mark = sample.subarray(0, 4).toString('hex');
  if (mark === 'fffe0000' || mark === '0000feff') {
    throw new FileError('UNKNOWN_ENCODING', 'The file is UTF-32, which is not read; save it as UTF-8');
  }
  if (mark.startsWith('efbbbf')) return 'utf-8';
  if (mark.startsWith('fffe')) return 'utf-16le';
  return mark.startsWith('feff') ? 'utf-16be' : undefined;
};

/** As many pairs of bytes of a text without a mark as are looked at. */
const maxPairs = 4096;

/** UTF-16 of people's files has a zero in the same half of most pairs: delimiters, addresses and digits are ASCII. */
const wideEncoding = (sample: Buffer): string | undefined => {
  const pairs = Math.min(maxPairs, Math.floor(sample.length / 2));
  let high = 0;
  let low = 0;
  for (let pair = 0; pair < pairs; pair += 1) {
    if (sample[2 * pair] === 0) high += 1;
    if (sample[2 * pair + 1] === 0) low += 1;
  }
  const isMost = (zeros: number, others: number) => zeros > 0.3 * pairs && others < 0.05 * pairs;
  if (isMost(low, high)) return 'utf-16le';
  return isMost(high, low) ? 'utf-16be' : undefined;
};
