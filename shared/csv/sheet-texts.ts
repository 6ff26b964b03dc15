import type { ZipEntry } from '#domain/files/contact-file.ts';
import { FileError } from '#domain/files/file-error.ts';
import type { BoundedSource } from './bounded-source.ts';
import { readAllXml } from './read-xml.ts';

/** The texts that cells of a workbook refer to by number. */
export interface SheetTexts {
  at(index: number): string | undefined;
}

/** What the texts of one workbook may have: they are held in memory while its rows are read. */
const maxTexts = 1_500_000;
const maxBytes = 40 * 1024 * 1024;
const pageBytes = 1024 * 1024;

/**
 * Reads the shared texts of a workbook. They are kept as bytes outside of the heap, as there may be a million of them.
 * @throws FileError FILE_TOO_LARGE beyond the limits.
 */
export const readTexts = async (source: BoundedSource, entry: ZipEntry): Promise<SheetTexts> => {
  const store = textStore();
  let text = '';
  let depth = 0;
  let isInText = false;
  await readAllXml(source, entry, {
    open: (name) => {
      if (name === 'si') text = '';
      // How a text is spoken stands beside it.
      else if (name === 'rPh') depth += 1;
      else if (name === 't') isInText = depth === 0;
    },
    text: (piece) => {
      if (isInText) text += piece;
    },
    close: (name) => {
      if (name === 'si') store.add(withoutEscapes(text));
      else if (name === 'rPh') depth -= 1;
      else if (name === 't') isInText = false;
    },
  });
  return store;
};

/** No texts: each cell has its own. */
export const noTexts: SheetTexts = { at: () => undefined };

/** Characters that XML cannot hold are written so. */
export const withoutEscapes = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([\dA-F]{4})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;

const textStore = () => {
  const pages: Buffer[] = [];
  let places = new Uint32Array(1024);
  let [count, end] = [0, 0];
  const add = (text: string): void => {
    const bytes = Buffer.from(text);
    if (count >= maxTexts || end + bytes.length > maxBytes) {
      const most = `${maxTexts.toLocaleString('en')} different texts or ${maxBytes / 1024 / 1024} MB of them`;
      throw new FileError('FILE_TOO_LARGE', `The workbook has more than ${most}; save the sheet as CSV`);
    }
    if (count + 1 >= places.length) {
      const larger = new Uint32Array(2 * places.length);
      larger.set(places);
      places = larger;
    }
    for (let at = 0; at < bytes.length; ) {
      const page = Math.floor(end / pageBytes);
      pages[page] ??= Buffer.alloc(pageBytes);
      const copied = bytes.copy(pages[page], end % pageBytes, at);
      at += copied;
      end += copied;
    }
    count += 1;
    places[count] = end;
  };
  const at = (index: number): string | undefined => {
    const [from, to] = [places[index], places[index + 1]];
    if (from === undefined || to === undefined || index >= count) return undefined;
    const [first, last] = [Math.floor(from / pageBytes), Math.floor(Math.max(from, to - 1) / pageBytes)];
    const bytes = Buffer.concat(pages.slice(first, last + 1));
    return bytes.toString('utf8', from - first * pageBytes, to - first * pageBytes);
  };
  return { add, at };
};
