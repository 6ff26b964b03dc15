import { decoderOf } from './decoder.ts';

/** Bytes of one line as text; what is no text in the encoding becomes U+FFFD. */
export type DecodeLine = (bytes: Buffer, from: number, to: number) => string;

/**
 * Whether line feeds, quotes and delimiters are single bytes of their own in an encoding, so that a file can be cut into
 * lines before it is decoded and be read from any line on. Files in other encodings are decoded as a whole.
 */
export const isCutBeforeDecoding = (encoding: string): boolean =>
  encoding === 'utf-8' || /^(windows|iso-8859|koi8|ibm866|macintosh|x-mac)/.test(encoding);

/** Decodes single lines of an encoding that is cut before decoding. */
export const lineDecoder = (encoding: string): DecodeLine => {
  if (encoding === 'utf-8') return (bytes, from, to) => bytes.toString('utf8', from, to);
  const decoder = decoderOf(encoding);
  return (bytes, from, to) => decoder.decode(bytes.subarray(from, to));
};

/** A text in any encoding as UTF-8, piece by piece. */
export async function* asUtf8(content: AsyncIterable<Uint8Array>, encoding: string): AsyncIterable<Uint8Array> {
  const decoder = decoderOf(encoding);
  for await (const bytes of content) yield Buffer.from(decoder.decode(bytes, { stream: true }));
  yield Buffer.from(decoder.decode());
}
