import { pipeline, Readable } from 'node:stream';
import { crc32, createGunzip, createInflateRaw } from 'node:zlib';
import type { FileFormat, ZipEntry } from '#domain/files/contact-file.ts';
import { FileError } from '#domain/files/file-error.ts';
import { type BoundedSource, tooLarge } from './bounded-source.ts';
import { fileLimits } from './file-limits.ts';

/** How the text lies in the file. */
export type Packing = Pick<FileFormat, 'compression' | 'entry'>;

type Bytes = AsyncIterable<Uint8Array>;

/**
 * The text of a file as bytes, unpacked, from its beginning; what is not packed from any byte on.
 * @throws FileError ARCHIVE_DAMAGED, or FILE_TOO_LARGE if an archive holds more than it should.
 */
export async function* readContent(source: BoundedSource, { compression, entry }: Packing, from = 0): Bytes {
  if (from >= source.size) return;
  if (compression === 'none') yield* await source.read(from);
  else if (entry) yield* unzipped(source, entry);
  else yield* unpacked(source, await source.read(0), createGunzip());
}

async function* unzipped(source: BoundedSource, entry: ZipEntry): Bytes {
  const packed = await source.read(entry.from, entry.to);
  let size = 0;
  let checksum = 0;
  for await (const bytes of entry.isDeflated ? unpacked(source, packed, createInflateRaw()) : packed) {
    size += bytes.length;
    checksum = crc32(bytes, checksum);
    if (size > entry.size) throw damaged(`it has more than the ${entry.size} bytes that it promises`);
    yield bytes;
  }
  if (size !== entry.size) throw damaged(`it has ${size} of the ${entry.size} bytes that it promises`);
  if (checksum !== entry.checksum) throw damaged('its checksum is another one');
}

async function* unpacked(source: BoundedSource, packed: Bytes, unpack: ReturnType<typeof createGunzip>): Bytes {
  let taken = 0;
  let given = 0;
  const counted = async function* (): Bytes {
    for await (const bytes of packed) {
      taken += bytes.length;
      yield bytes;
    }
  };
  // An error of either stream ends the other one, and comes out below.
  pipeline(Readable.from(counted(), { objectMode: false }), unpack, () => {});
  try {
    for await (const bytes of unpack as AsyncIterable<Uint8Array>) {
      given += bytes.length;
      refuseBomb(source, { taken, given });
      yield bytes;
    }
  } catch (error) {
    throw isOfZlib(error) ? damaged(error.message) : error;
  }
}

const refuseBomb = (source: BoundedSource, { taken, given }: { taken: number; given: number }): void => {
  if (given > source.maxBytes) throw tooLarge(source);
  if (given > fileLimits.freeBytes && given > taken * fileLimits.packing) {
    throw new FileError('ARCHIVE_REFUSED', `The archive unpacks to more than ${fileLimits.packing} times its size`);
  }
};

const damaged = (reason: string): FileError =>
  new FileError('ARCHIVE_DAMAGED', `The archive is damaged or cut off: ${reason}`);

const isOfZlib = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_');
