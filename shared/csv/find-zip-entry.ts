import { PassThrough, type Readable } from 'node:stream';
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from 'yauzl';
import type { FileSource, ZipEntry } from '#domain/files/contact-file.ts';
import { FileError } from '#domain/files/file-error.ts';
import { type BoundedSource, tooLarge } from './bounded-source.ts';
import { fileLimits } from './file-limits.ts';

/** As many entries of an archive as are looked at. */
const maxEntries = 100;

const stored = 0;
const deflated = 8;

/**
 * The place of the only file of a zip archive. Folders and what a Mac adds do not count.
 * @throws FileError ARCHIVE_REFUSED if there is not exactly one, or it is encrypted, packed in another way or packed
 * too well; FILE_TOO_LARGE; ARCHIVE_DAMAGED if the directory cannot be read.
 */
export const findZipEntry = async (source: BoundedSource): Promise<ZipEntry> => {
  const faults: unknown[] = [];
  try {
    const options = { autoClose: false, strictFileNames: false };
    const archive = await fromRandomAccessReaderPromise(readerOf(source, faults), source.size, options);
    const entry = await onlyFile(archive);
    refuseUnreadable(source, entry);
    const { fileDataStart } = await archive.readLocalFileHeaderPromise(entry, { minimal: true });
    return {
      from: fileDataStart,
      to: fileDataStart + entry.compressedSize,
      isDeflated: entry.compressionMethod === deflated,
      size: entry.uncompressedSize,
      checksum: entry.crc32,
    };
  } catch (error) {
    if (faults.length > 0) throw faults[0];
    if (error instanceof FileError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    if (/^(invalid relative path|absolute path)/.test(reason)) throw refused('has a file whose name leads out of it');
    throw new FileError('ARCHIVE_DAMAGED', `The zip archive cannot be read: ${reason}`);
  }
};

const onlyFile = async (archive: ZipFile): Promise<Entry> => {
  const files: Entry[] = [];
  let looked = 0;
  for await (const entry of archive.eachEntry()) {
    looked += 1;
    if (looked > maxEntries) throw refused(`has more than ${maxEntries} entries`);
    if (isOfWorkbook(entry)) throw new FileError('NOT_CSV', 'The file is an Excel workbook (.xlsx); save it as CSV');
    if (!isAside(entry)) files.push(entry);
  }
  const [file, other] = files;
  if (!file) throw refused('holds no file');
  if (other) throw refused(`holds ${files.length} files, '${shown(file)}' and '${shown(other)}' among them`);
  return file;
};

const isOfWorkbook = ({ fileName }: Entry): boolean => /^(\[Content_Types\]\.xml|xl\/workbook\.xml)$/.test(fileName);

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
