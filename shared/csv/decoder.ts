/** What turns bytes into text. */
export interface Decoder {
  decode(bytes?: Uint8Array, options?: { readonly stream?: boolean }): string;
}

/** The characters from 0x80 to 0x9F, as the WHATWG Encoding Standard has them. */
const windows1252 =
  '\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F' +
  '\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178';

/** A decoder by a name of the WHATWG Encoding Standard. Some versions of Node 24 read windows-1252 as ISO-8859-1. */
export const decoderOf = (encoding: string): Decoder =>
  encoding === 'windows-1252' ? { decode: decodeWindows1252 } : new TextDecoder(encoding);

const decodeWindows1252 = (bytes: Uint8Array = new Uint8Array()): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    .toString('latin1')
    .replace(/[\u0080-\u009F]/g, (character) => windows1252[character.charCodeAt(0) - 0x80] ?? character);
