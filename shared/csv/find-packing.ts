import type { FileSource } from '#domain/files/contact-file.ts';
import type { BoundedSource } from './bounded-source.ts';
import { findZipEntry } from './find-zip-entry.ts';
import type { Packing } from './read-content.ts';

/**
 * Whether a file is packed, by its first bytes.
 * @throws FileError ARCHIVE_REFUSED or ARCHIVE_DAMAGED for a zip archive that is not read.
 */
export const findPacking = async (source: BoundedSource): Promise<Packing> => {
  const start = await firstBytes(source, 4);
  if (start.startsWith('1f8b')) return { compression: 'gzip' };
  const isZip = start === '504b0304' || start === '504b0506';
  return isZip ? { compression: 'zip', entry: await findZipEntry(source) } : { compression: 'none' };
};

const firstBytes = async (source: FileSource, count: number): Promise<string> => {
  if (source.size === 0) return '';
  const pieces: Uint8Array[] = [];
  for await (const piece of await source.read(0, Math.min(count, source.size))) pieces.push(piece);
  return Buffer.concat(pieces).toString('hex');
};
