import { isAscii } from 'node:buffer';
import { FileError } from '#domain/files/file-error.ts';
import type { BoundedSource } from './bounded-source.ts';
import { fileLimits } from './file-limits.ts';
import { refuseOtherKinds } from './other-kinds.ts';
import { type Packing, readContent } from './read-content.ts';

/** Some of a file's text, as bytes. */
export interface Sample {
  readonly head: Buffer;
  /** Whether the text continues after the head. */
  readonly isCutOff: boolean;
  /** Whole lines of what follows, if the head says nothing of the encoding. */
  readonly further: readonly Buffer[];
}

/** Places after the head that are looked at if the head is ASCII, and how many bytes of each. */
const furtherPlaces = 7;
const furtherBytes = 32 * 1024;

/**
 * Reads enough of a file to find out its format.
 * @throws FileError EMPTY_FILE, or NOT_CSV and ARCHIVE_REFUSED for what is no text at all.
 */
export const takeSample = async (source: BoundedSource, packing: Packing): Promise<Sample> => {
  const head = await firstBytes(readContent(source, packing), fileLimits.sampleBytes + 1);
  if (head.length === 0) throw new FileError('EMPTY_FILE', 'The file is empty');
  refuseOtherKinds(head, packing.compression !== 'none');
  const isCutOff = head.length > fileLimits.sampleBytes;
  const further: Buffer[] = [];
  const step = Math.floor((source.size - head.length) / furtherPlaces);
  const isLookedAt = isCutOff && packing.compression === 'none' && isAscii(head);
  for (let place = 0; isLookedAt && place < furtherPlaces; place += 1) {
    const from = head.length + place * step;
    further.push(wholeLines(await firstBytes(await source.read(from, from + furtherBytes), furtherBytes)));
  }
  return { head: head.subarray(0, fileLimits.sampleBytes), isCutOff, further };
};

const firstBytes = async (content: AsyncIterable<Uint8Array>, count: number): Promise<Buffer> => {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of content) {
    pieces.push(piece);
    length += piece.length;
    if (length >= count) break;
  }
  return Buffer.concat(pieces).subarray(0, count);
};

const wholeLines = (bytes: Buffer): Buffer => {
  const newline = bytes.includes('\n') ? '\n' : '\r';
  return bytes.subarray(bytes.indexOf(newline) + 1, bytes.lastIndexOf(newline) + 1);
};
