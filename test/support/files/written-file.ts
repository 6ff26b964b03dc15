import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import { encodeSingleBytes } from './single-byte.ts';

/** Writes a text in any encoding that a file of contacts comes in, with a byte order mark where it is asked for. */
export const encodeText = (text: string, encoding: string, hasMark = false): Buffer => {
  const marked = hasMark ? `\uFEFF${text}` : text;
  if (encoding === 'utf-8') return Buffer.from(marked);
  if (encoding === 'utf-16le') return Buffer.from(marked, 'utf16le');
  return encoding === 'utf-16be' ? Buffer.from(marked, 'utf16le').swap16() : encodeSingleBytes(text, encoding);
};

/** An entry of a zip archive as a test wants it. */
export interface ZipFile {
  readonly name: string;
  readonly content: Buffer;
  /** Lies about these. */
  readonly claimed?: { readonly size?: number; readonly checksum?: number; readonly flags?: number };
  readonly isStored?: boolean;
}

/** A gzip file. */
export const gzipped = (content: Buffer): Buffer => gzipSync(content);

/** A zip archive with these entries (PKWARE APPNOTE 4.3). */
export const zipped = (files: readonly ZipFile[]): Buffer => {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, claimed = {}, isStored = false } of files) {
    const data = isStored ? content : deflateRawSync(content);
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(claimed.flags ?? 0, 2);
    facts.writeUInt16LE(isStored ? 0 : 8, 4);
    facts.writeUInt32LE(claimed.checksum ?? crc32(content), 10);
    facts.writeUInt32LE(data.length, 14);
    facts.writeUInt32LE(claimed.size ?? content.length, 18);
    facts.writeUInt16LE(Buffer.byteLength(name), 22);
    const body = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), facts, Buffer.from(name), data]);
    const trailer = Buffer.alloc(14);
    trailer.writeUInt32LE(offset, 10);
    const entry = [Buffer.from('PK\x01\x02\x14\x00', 'latin1'), facts, trailer, Buffer.from(name)];
    bodies.push(body);
    directory.push(Buffer.concat(entry));
    offset += body.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, listed, end]);
};
