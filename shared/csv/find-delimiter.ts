import type { FileFormat } from '#domain/files/contact-file.ts';
import type { Line } from './read-lines.ts';
import { type FileRecord, recordReader } from './read-records.ts';

const candidates = [',', ';', '\t', '|'];

/** As many records of the sample as are looked at. */
const maxRecords = 500;

/** The share of records that a delimiter must cut alike to count as one. */
const leastShare = 0.2;

/** The share of records that it must cut at all if it cuts few alike, as in a file of broken rows. */
const leastCut = 0.5;

/**
 * The delimiter that cuts the most records of a sample into as many cells as the first one, minding quotes; else one
 * that cuts the first one and most others, so that their rows fail one by one. If none cuts the first record, the file
 * has one column, and the delimiter is one that cuts as few records as possible.
 */
export const findDelimiter = (
  lines: readonly Line[],
  { newline, isCutOff }: Pick<FileFormat, 'newline'> & { readonly isCutOff: boolean },
): string => {
  const ranked = candidates.map((delimiter) => {
    const reader = recordReader({ delimiter, newline, linesBefore: 0 });
    const records = [...reader.read(lines, false), ...(isCutOff ? [] : reader.read([], true))]
      .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
      .slice(0, maxRecords);
    const [first] = records;
    const width = first ? filledCells(first) : 0;
    const alike = records.filter((record) => {
      const filled = filledCells(record);
      return !record.problem && record.cells.length >= width && filled <= (first?.cells.length ?? 0);
    }).length;
    const cut = records.filter(({ cells }) => cells.length > 1).length;
    const share = alike / Math.max(1, records.length);
    const parts = width > 1 && share >= leastShare ? 2 : Number(width > 1 && cut > leastCut * records.length);
    return { delimiter, width, share, parts };
  });
  const [best] = ranked.toSorted(
    (one, other) => other.parts - one.parts || other.share - one.share || other.width - one.width,
  );
  return best?.delimiter ?? ',';
};

/** Cells up to the last one that is filled. */
const filledCells = ({ cells }: FileRecord): number => cells.findLastIndex((cell) => cell.trim() !== '') + 1;
