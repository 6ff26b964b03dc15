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
 * @throws FileError FILE_DAMAGED for XML that is none.
 */
export async function* readXml(
  source: BoundedSource,
  entry: ZipEntry,
  { open, text, close }: XmlHandlers,
): AsyncGenerator<void, void> {
  const parser = new SaxesParser();
  const decoder = new TextDecoder();
  let fault: Error | undefined;
  parser.on('error', (error) => {
    fault ??= error;
  });
  if (open) parser.on('opentag', ({ name, attributes }) => open(localName(name), attributes));
  if (text) parser.on('text', text);
  if (text) parser.on('cdata', text);
  if (close) parser.on('closetag', ({ name }) => close(localName(name)));
  const check = () => {
    if (fault) throw new FileError('FILE_DAMAGED', `The workbook is damaged: ${fault.message.slice(0, 200)}`);
  };
  for await (const bytes of readContent(source, { compression: 'zip', entry })) {
    parser.write(decoder.decode(bytes, { stream: true }));
    check();
    yield;
  }
  parser.close();
  check();
}

/** Reads XML to its end. */
export const readAllXml = async (source: BoundedSource, entry: ZipEntry, handlers: XmlHandlers): Promise<void> => {
  for await (const _ of readXml(source, entry, handlers));
};

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);
