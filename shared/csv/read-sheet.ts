import type { Position, SheetPlace } from '#domain/files/contact-file.ts';
import type { BoundedSource } from './bounded-source.ts';
import { fileLimits } from './file-limits.ts';
import type { PlacedRecord } from './read-placed-records.ts';
import { tooLong } from './read-records.ts';
import { readXml } from './read-xml.ts';
import { type CellRule, type RawCell, textOfCell } from './sheet-cell.ts';
import { readStyles } from './sheet-styles.ts';
import { noTexts, readTexts } from './sheet-texts.ts';

/** What the cells of a place refer to, read once for all readings of its rows. */
const known = new WeakMap<SheetPlace, Promise<CellRule>>();

const ruleOf = (source: BoundedSource, place: SheetPlace): Promise<CellRule> => {
  const rule = known.get(place) ?? readRule(source, place);
  known.set(place, rule);
  return rule;
};

const readRule = async (source: BoundedSource, { texts, styles, countsFrom1904 }: SheetPlace): Promise<CellRule> => ({
  texts: texts ? await readTexts(source, texts) : noTexts,
  styles: styles ? await readStyles(source, styles) : {},
  countsFrom1904,
});

/** The rows of a sheet after a position, as people see them: dates as dates, numbers without the noise of their storage. */
export async function* readSheet(
  source: BoundedSource,
  place: SheetPlace,
  after: Pick<Position, 'line'>,
): AsyncGenerator<PlacedRecord[], void> {
  const rule = await ruleOf(source, place);
  let records: PlacedRecord[] = [];
  const rows = rowReader(rule, (line, cells) => {
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
const rowReader = (rule: CellRule, give: (line: number, cells: readonly string[]) => void) => {
  let line = 0;
  let cells: string[] = [];
  let column = 0;
  let cell = emptyCell('', '');
  let [isInValue, isSpoken] = [false, false];
  return {
    open: (name: string, { r = '', t = '', s = '' }: Readonly<Record<string, string>>) => {
      if (name === 'row') {
        line = Number(r) || line + 1;
        cells = [];
        column = 0;
      } else if (name === 'c') {
        column = r === '' ? column : columnOf(r);
        cell = emptyCell(t, s);
      } else if (name === 'f') cell.isFormula = true;
      // How a text is spoken stands beside it.
      else if (name === 'rPh') isSpoken = true;
      else if (name === 'v' || (name === 't' && cell.type === 'inlineStr' && !isSpoken)) {
        isInValue = true;
        cell.hasValue = true;
      }
    },
    text: (piece: string) => {
      if (isInValue && cell.text.length <= fileLimits.rowBytes) cell.text += piece;
    },
    close: (name: string) => {
      if (name === 'v' || name === 't') isInValue = false;
      else if (name === 'rPh') isSpoken = false;
      else if (name === 'c') {
        const text = textOfCell(cell, rule);
        while (cells.length < Math.min(column, fileLimits.columns)) cells.push('');
        if (column < fileLimits.columns) cells[column] = text;
        column += 1;
      } else if (name === 'row') give(line, cells);
    },
  };
};

const emptyCell = (type: string, style: string): RawCell => ({
  ...{ type, style, text: '' },
  ...{ isFormula: false, hasValue: false },
});

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
