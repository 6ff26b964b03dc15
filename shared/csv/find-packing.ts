import type { FileSource } from '#domain/files/contact-file.ts';
import type { BoundedSource } from './bounded-source.ts';
import { type Archive, findArchive } from './find-archive.ts';
import type { Packing } from './read-content.ts';

/** How a file is packed: as one text, or as an archive of something else. */
export type FoundPacking = Packing | Exclude<Archive, { readonly kind: 'file' }>;

/**
 * Whether a file is packed, by its first bytes.
 * @throws FileError ARCHIVE_REFUSED, NOT_CSV or ARCHIVE_DAMAGED for a zip archive that is not read.
 */
export const findPacking = async (source: BoundedSource): Promise<FoundPacking> => {
  const start = await firstBytes(source, 4);
  if (start.startsWith('1f8b')) return { compression: 'gzip' };
  if (start !== '504b0304' && start !== '504b0506') return { compression: 'none' };
  const archive = await findArchive(source);
  return archive.kind === 'file' ? { compression: 'zip', entry: archive.entry } : archive;
};

const firstBytes = async (source: FileSource, count: number): Promise<string> => {
  if (source.size === 0) return '';
  const pieces: Uint8Array[] = [];
  for await (const piece of await source.read(0, Math.min(count, source.size))) pieces.push(piece);
  return Buffer.concat(pieces).toString('hex');
};
