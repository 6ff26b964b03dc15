import { SaxesParser } from 'saxes';
import type { ZipEntry } from '#domain/files/contact-file.ts';
import { FileError } from '#domain/files/file-error.ts';
import type { BoundedSource } from './bounded-source.ts';
import { readContent } from './read-content.ts';

/** The elements of an XML text as they come, by their names without a prefix. */
export interface XmlHandlers {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/**
 * Reads XML of a workbook piece by piece, and hands over after each piece, so that its reader sets the pace.
 * @throws FileError FILE_DAMAGED for XML that is none, or that no workbook has: elements within a hundred others, or a text or a tag
 * of megabytes, for which there is no room.
 */
export async function* readXml(
  source: BoundedSource,
  entry: ZipEntry,
  { open, text, close }: XmlHandlers,
): AsyncGenerator<void, void> {
  const parser = new SaxesParser();
  const decoder = new TextDecoder();
  let fault: string | undefined;
  let [depth, quietBytes] = [0, 0];
  parser.on('error', ({ message }) => {
    fault ??= message;
  });
  parser.on('opentag', ({ name, attributes }) => {
    quietBytes = 0;
    depth += 1;
    if (depth > maxDepth) fault ??= `it has more than ${maxDepth} elements within each other`;
    else open?.(localName(name), attributes);
  });
  if (text) parser.on('text', text);
  if (text) parser.on('cdata', text);
  parser.on('closetag', ({ name }) => {
    quietBytes = 0;
    depth -= 1;
    close?.(localName(name));
  });
  const check = () => {
    if (quietBytes > maxQuietBytes) fault ??= 'it has a text or a tag of more than 4 MB';
    if (fault) throw new FileError('FILE_DAMAGED', `The workbook is damaged: ${fault.slice(0, 200)}`);
  };
  for await (const bytes of readContent(source, { compression: 'zip', entry })) {
    quietBytes += bytes.length;
    parser.write(decoder.decode(bytes, { stream: true }));
    check();
    yield;
  }
  parser.close();
  check();
}

/** How deep elements of a workbook lie, and how much comes between two tags, at most. */
const maxDepth = 100;
const maxQuietBytes = 4 * 1024 * 1024;

/** What a part of a workbook may have that is held in memory as a whole. */
const maxSmallBytes = 16 * 1024 * 1024;

/**
 * Reads XML to its end, of which everything is kept.
 * @throws FileError FILE_TOO_LARGE beyond 16 MB.
 */
export const readSmallXml = async (source: BoundedSource, entry: ZipEntry, handlers: XmlHandlers): Promise<void> => {
  if (entry.size > maxSmallBytes) {
    throw new FileError(
      'FILE_TOO_LARGE',
      'The workbook has more sheets or styles than can be read; save the sheet as CSV',
    );
  }
  await readAllXml(source, entry, handlers);
};

/** Reads XML to its end. */
export const readAllXml = async (source: BoundedSource, entry: ZipEntry, handlers: XmlHandlers): Promise<void> => {
  for await (const _ of readXml(source, entry, handlers));
};

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);
