import { expect, it } from 'vitest';
import { decoderOf } from '#csv/decoder.ts';

const bytes = (from: number, to: number) => Uint8Array.from({ length: to - from }, (_, index) => from + index);

it('windows-1252 is read with its quotes, dashes and euro, as it is on every version of Node', () => {
  const { decode } = decoderOf('windows-1252');

  expect(decode(bytes(0x80, 0xa0))).toBe('€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ');
  expect(decode(bytes(0, 0x80))).toBe(Buffer.from(bytes(0, 0x80)).toString('latin1'));
  expect(decode(bytes(0xa0, 0x100))).toBe(Buffer.from(bytes(0xa0, 0x100)).toString('latin1'));
  expect(decode()).toBe('');
});

it('part of a larger buffer is read alone', () => {
  const { decode } = decoderOf('windows-1252');

  expect(decode(Buffer.from('O\u0092Brien', 'latin1').subarray(1, 3))).toBe('’B');
});
