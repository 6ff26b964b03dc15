import type { Position, SheetPlace } from '#domain/files/contact-file.ts';
import type { BoundedSource } from './bounded-source.ts';
import { fileLimits } from './file-limits.ts';
import type { PlacedRecord } from './read-placed-records.ts';
import { tooLong } from './read-records.ts';
import { readXml } from './read-xml.ts';
import { type RawCell, textOfCell } from './sheet-cell.ts';
import { noTexts, readTexts, type SheetTexts } from './sheet-texts.ts';

/** The texts of the workbook of a place, read once for all readings of its rows. */
const known = new WeakMap<SheetPlace, Promise<SheetTexts>>();

const textsOf = (source: BoundedSource, place: SheetPlace): Promise<SheetTexts> => {
  const before = known.get(place);
  if (before) return before;
  const texts = place.texts ? readTexts(source, place.texts) : Promise.resolve(noTexts);
  known.set(place, texts);
  return texts;
};

/** The rows of a sheet after a position, as people see them: dates as dates, numbers without the noise of their storage. */
export async function* readSheet(
  source: BoundedSource,
  place: SheetPlace,
  after: Pick<Position, 'line'>,
): AsyncGenerator<PlacedRecord[], void> {
  const texts = await textsOf(source, place);
  let records: PlacedRecord[] = [];
  const rows = rowReader(place, texts, (line, cells) => {
    if (line > after.line) records.push(recordOf(line, cells));
  });
  for await (const _ of readXml(source, place.sheet, rows)) {
    if (records.length === 0) continue;
    yield records;
    records = [];
  }
  if (records.length > 0) yield records;
}

const recordOf = (line: number, cells: readonly string[]): PlacedRecord => {
  const place = { line, lastLine: line, end: 0, next: { line } };
  const length = cells.reduce((sum, cell) => sum + cell.length, 0);
  return length > fileLimits.rowBytes
    ? { ...place, cells: cells.map((cell) => cell.slice(0, fileLimits.keptBytes / 10)), problem: tooLong }
    : { ...place, cells };
};

/** What an element of the sheet is about while it is open. */
const rowReader = (place: SheetPlace, texts: SheetTexts, give: (line: number, cells: readonly string[]) => void) => {
  let line = 0;
  let cells: string[] = [];
  let column = 0;
  let cell: RawCell = { type: '', style: '', text: '' };
  let isInValue = false;
  return {
    open: (name: string, { r = '', t = '', s = '' }: Readonly<Record<string, string>>) => {
      if (name === 'row') {
        line = Number(r) || line + 1;
        cells = [];
        column = 0;
      } else if (name === 'c') {
        column = r === '' ? column : columnOf(r);
        cell = { type: t, style: s, text: '' };
      } else if (name === 'v' || (name === 't' && cell.type === 'inlineStr')) isInValue = true;
    },
    text: (piece: string) => {
      if (isInValue && cell.text.length <= fileLimits.rowBytes) cell.text += piece;
    },
    close: (name: string) => {
      if (name === 'v' || name === 't') isInValue = false;
      else if (name === 'c') {
        const text = textOfCell(cell, place, texts);
        while (cells.length < Math.min(column, fileLimits.columns)) cells.push('');
        if (column < fileLimits.columns) cells[column] = text;
        column += 1;
      } else if (name === 'row') give(line, cells);
    },
  };
};

/** The column of a reference such as `AB12`, from 0. */
const columnOf = (reference: string): number => {
  let column = 0;
  for (const letter of reference.toUpperCase()) {
    const code = letter.charCodeAt(0) - 64;
    if (code < 1 || code > 26) break;
    column = column * 26 + code;
  }
  return column - 1;
};
