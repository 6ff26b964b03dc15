import { PassThrough, type Readable } from 'node:stream';
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from 'yauzl';
import type { FileSource, ZipEntry } from '#domain/files/contact-file.ts';
import { FileError } from '#domain/files/file-error.ts';
import { audienceStatus, isAudienceExport } from './audience-status.ts';
import { type BoundedSource, tooLarge } from './bounded-source.ts';
import { fileLimits } from './file-limits.ts';
import { otherArchive } from './other-archives.ts';

/** A file in an archive. */
export interface NamedEntry {
  readonly name: string;
  readonly entry: ZipEntry;
}

/** What a zip archive turned out to be. */
export type Archive =
  | { readonly kind: 'file'; readonly entry: ZipEntry }
  /** The files of one audience, each of which says by its name who is in it. */
  | { readonly kind: 'audience'; readonly files: readonly NamedEntry[] }
  /** An Excel workbook; any of its files by its path. */
  | { readonly kind: 'workbook'; readonly find: (path: string) => Promise<ZipEntry | undefined> };

/** As many entries of an archive as are looked at; only workbooks have so many. */
const maxEntries = 2000;
const maxPlainEntries = 100;

const stored = 0;
const deflated = 8;

/**
 * What a zip archive holds: one file, the files of an audience, or a workbook. Folders and what a Mac adds do not count.
 * @throws FileError ARCHIVE_REFUSED if it holds anything else, or is encrypted, packed in another way or packed too well;
 * NOT_CSV for documents that are archives; FILE_TOO_LARGE; ARCHIVE_DAMAGED if the directory cannot be read.
 */
export const findArchive = async (source: BoundedSource): Promise<Archive> => {
  const faults: unknown[] = [];
  try {
    const options = { autoClose: false, strictFileNames: false };
    const archive = await fromRandomAccessReaderPromise(readerOf(source, faults), source.size, options);
    const entries = await entriesOf(archive);
    const placed = (entry: Entry) => placeOf(source, archive, entry);
    const names = new Map(entries.map((entry) => [entry.fileName.toLowerCase(), entry]));
    if (names.has('xl/workbook.xml')) {
      const find = async (path: string) => {
        const entry = names.get(path.toLowerCase());
        return entry && placed(entry);
      };
      return { kind: 'workbook', find };
    }
    const other = otherArchive(entries.map(({ fileName }) => fileName));
    if (other) throw new FileError('NOT_CSV', other);
    if (entries.length > maxPlainEntries) throw refused(`has more than ${maxPlainEntries} entries`);
    return await plainArchive(
      entries.filter((entry) => !isAside(entry)),
      placed,
    );
  } catch (error) {
    if (faults.length > 0) throw faults[0];
    if (error instanceof FileError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    if (/^(invalid relative path|absolute path)/.test(reason)) throw refused('has a file whose name leads out of it');
    throw new FileError('ARCHIVE_DAMAGED', `The zip archive cannot be read: ${reason}`);
  }
};

const entriesOf = async (archive: ZipFile): Promise<Entry[]> => {
  const entries: Entry[] = [];
  for await (const entry of archive.eachEntry()) {
    if (entries.push(entry) > maxEntries) throw refused(`has more than ${maxEntries} entries`);
  }
  return entries;
};

const plainArchive = async (files: readonly Entry[], placed: (entry: Entry) => Promise<ZipEntry>): Promise<Archive> => {
  const [file, other] = files;
  if (!file) throw refused('holds no file');
  if (!other && !isAudienceExport(file.fileName)) return { kind: 'file', entry: await placed(file) };
  if (other && !files.every(({ fileName }) => audienceStatus(fileName) !== undefined)) {
    throw refused(`holds ${files.length} files, '${shown(file)}' and '${shown(other)}' among them`);
  }
  const named: NamedEntry[] = [];
  for (const entry of files) named.push({ name: shown(entry), entry: await placed(entry) });
  return { kind: 'audience', files: named };
};

const placeOf = async (source: BoundedSource, archive: ZipFile, entry: Entry): Promise<ZipEntry> => {
  refuseUnreadable(source, entry);
  const { fileDataStart } = await archive.readLocalFileHeaderPromise(entry, { minimal: true });
  return {
    from: fileDataStart,
    to: fileDataStart + entry.compressedSize,
    isDeflated: entry.compressionMethod === deflated,
    size: entry.uncompressedSize,
    checksum: entry.crc32,
  };
};

const isAside = ({ fileName }: Entry): boolean =>
  fileName.endsWith('/') || fileName.startsWith('__MACOSX/') || /(^|\/)(\.DS_Store|Thumbs\.db)$/.test(fileName);

const shown = ({ fileName }: Entry): string => fileName.slice(0, 60).toWellFormed();

const refuseUnreadable = (source: BoundedSource, entry: Entry): void => {
  const { compressedSize, uncompressedSize, compressionMethod } = entry;
  if (entry.isEncrypted()) throw refused('is encrypted');
  if (compressionMethod !== stored && compressionMethod !== deflated) {
    throw refused(`is packed by method ${compressionMethod}, and only deflate is read`);
  }
  if (uncompressedSize > source.maxBytes) throw tooLarge(source);
  if (uncompressedSize > fileLimits.freeBytes && uncompressedSize > compressedSize * fileLimits.packing) {
    throw refused(`unpacks to more than ${fileLimits.packing} times its size`);
  }
};

const refused = (reason: string): FileError =>
  new FileError('ARCHIVE_REFUSED', `The zip archive ${reason}; send one CSV file in it`);

/** Ranges of the file as yauzl asks for them: few and small, as it reads nothing here but the directory. */
const readerOf = (source: FileSource, faults: unknown[]): RandomAccessReader => {
  class Ranges extends RandomAccessReader {
    override _readStreamForRange(from: number, to: number): Readable {
      const range = new PassThrough();
      allBytes(source, from, to).then(
        (bytes) => range.end(bytes),
        (error) => {
          faults.push(error);
          range.destroy(error);
        },
      );
      return range;
    }
  }
  return new Ranges();
};

const allBytes = async (source: FileSource, from: number, to: number): Promise<Buffer> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of await source.read(from, to)) pieces.push(piece);
  return Buffer.concat(pieces);
};
