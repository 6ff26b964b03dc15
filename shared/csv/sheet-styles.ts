import type { ZipEntry } from '#domain/files/contact-file.ts';
import type { BoundedSource } from './bounded-source.ts';
import { readSmallXml } from './read-xml.ts';

/** Formats of Excel itself that show dates or times, by number. */
const builtInDates: readonly (readonly [from: number, to: number])[] = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
];

/** What the styles of cells make of numbers, by style: a date, or leading zeros up to so many digits. */
export type SheetStyles = Readonly<Record<string, 'date' | number>>;

/** What the styles of a workbook make of numbers: dates, or leading zeros. Other styles are left out. */
export const readStyles = async (source: BoundedSource, entry: ZipEntry): Promise<SheetStyles> => {
  const formats = new Map<number, string>();
  const styles: Record<string, 'date' | number> = {};
  let isOfCells = false;
  let count = 0;
  await readSmallXml(source, entry, {
    open: (name, { numFmtId = '', formatCode = '' }) => {
      if (name === 'numFmt') formats.set(Number(numFmtId), formatCode);
      else if (name === 'cellXfs') isOfCells = true;
      else if (name === 'xf' && isOfCells) {
        const meaning = meaningOf(Number(numFmtId), formats);
        if (meaning !== undefined) styles[count] = meaning;
        count += 1;
      }
    },
    close: (name) => {
      if (name === 'cellXfs') isOfCells = false;
    },
  });
  return styles;
};

const meaningOf = (id: number, formats: ReadonlyMap<number, string>): 'date' | number | undefined => {
  const code = formats.get(id);
  if (code === undefined) return builtInDates.some(([from, to]) => id >= from && id <= to) ? 'date' : undefined;
  if (/^0{2,20}$/.test(code)) return code.length;
  const bare = code
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[(?!h+\]|m+\]|s+\])[^\][]*\]/gi, '')
    .split(';')[0];
  return bare !== undefined && !/^(general|standard)$/i.test(bare) && /[ymdhs]/i.test(bare) ? 'date' : undefined;
};
