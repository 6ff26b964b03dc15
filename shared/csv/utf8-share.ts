import { isUtf8 } from 'node:buffer';

/** The share of a text's characters beyond ASCII that are well-formed UTF-8: 1 if all are, or there are none. */
export const utf8Share = (sample: Buffer): number => {
  if (isUtf8(wholeCharacters(sample))) return 1;
  let good = 0;
  let bad = 0;
  for (let at = 0; at < sample.length; ) {
    const byte = sample[at] ?? 0;
    const length = byte < 0x80 ? 1 : characterLength(byte);
    if (byte < 0x80) at += 1;
    else if (length > 1 && isUtf8(sample.subarray(at, at + length))) {
      good += 1;
      at += length;
    } else {
      bad += 1;
      at += 1;
    }
  }
  return good / (good + bad);
};

const characterLength = (firstByte: number): number => {
  if (firstByte >= 0xf0) return 4;
  return firstByte >= 0xe0 ? 3 : firstByte >= 0xc0 ? 2 : 1;
};

/** A sample may end within a character. */
const wholeCharacters = (sample: Buffer): Buffer => {
  for (let back = 1; back <= 3 && back <= sample.length; back += 1) {
    const byte = sample[sample.length - back] ?? 0;
    if (byte >= 0xc0) return characterLength(byte) > back ? sample.subarray(0, -back) : sample;
    if (byte < 0x80) return sample;
  }
  return sample;
};
