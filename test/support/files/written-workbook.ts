import { type ZipFile, zipped } from './written-file.ts';

/** A cell of a sheet as a test writes it: a text, or the XML of the cell without its reference. */
export type WrittenCell = string | { readonly type?: string; readonly style?: number; readonly xml: string };

/** A sheet of a workbook: its rows by their numbers. */
export interface WrittenSheet {
  readonly name: string;
  readonly state?: 'hidden';
  readonly rows: Readonly<Record<number, readonly WrittenCell[]>>;
}

/** What a workbook has beside its sheets. */
export interface WrittenBook {
  readonly sheets: readonly WrittenSheet[];
  readonly countsFrom1904?: boolean;
  /** Formats of numbers, of which cells name the place. */
  readonly formats?: readonly string[];
  /** Further files of the archive. */
  readonly more?: readonly ZipFile[];
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const letters = (index: number): string =>
  index < 26 ? String.fromCharCode(65 + index) : letters(Math.floor(index / 26) - 1) + letters(index % 26);

/** An Excel workbook (ECMA-376), as Excel writes it. */
export const workbookOf = ({ sheets, countsFrom1904 = false, formats = [], more = [] }: WrittenBook): Buffer => {
  const texts: string[] = [];
  const cellOf = (cell: WrittenCell, row: number, column: number): string => {
    const place = `r="${letters(column)}${row}"`;
    if (typeof cell !== 'string') {
      const type = cell.type === undefined ? '' : ` t="${cell.type}"`;
      return `<c ${place}${cell.style === undefined ? '' : ` s="${cell.style}"`}${type}>${cell.xml}</c>`;
    }
    return cell === '' ? '' : `<c ${place} t="s"><v>${texts.push(cell) - 1}</v></c>`;
  };
  const sheetOf = ({ rows }: WrittenSheet): string => {
    const written = Object.entries(rows).map(
      ([row, cells]) =>
        `<row r="${row}">${cells.map((cell, column) => cellOf(cell, Number(row), column)).join('')}</row>`,
    );
    return `${head}<worksheet ${main}><sheetData>${written.join('')}</sheetData></worksheet>`;
  };
  const bodies = sheets.map(sheetOf);
  const files: Record<string, string> = {
    '[Content_Types].xml': `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
    'xl/workbook.xml': `${head}<workbook ${main} xmlns:r="${office}"><workbookPr date1904="${countsFrom1904 ? 1 : 0}"/><sheets>${sheets
      .map(
        ({ name, state }, index) =>
          `<sheet name="${escaped(name)}" sheetId="${index + 1}"${state ? ` state="${state}"` : ''} r:id="rId${index + 1}"/>`,
      )
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${head}<Relationships>${sheets
      .map(
        (_, index) =>
          `<Relationship Id="rId${index + 1}" Type="${office}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`,
      )
      .join('')}</Relationships>`,
    'xl/styles.xml': `${head}<styleSheet ${main}><numFmts>${formats
      .map((code, index) => `<numFmt numFmtId="${200 + index}" formatCode="${escaped(code)}"/>`)
      .join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${formats
      .map((_, index) => `<xf numFmtId="${200 + index}"/>`)
      .join('')}<xf numFmtId="14"/></cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `${head}<sst ${main}>${texts.map((text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`).join('')}</sst>`,
    ...Object.fromEntries(bodies.map((body, index) => [`xl/worksheets/sheet${index + 1}.xml`, body])),
  };
  return zipped([...Object.entries(files).map(([name, text]) => ({ name, content: Buffer.from(text) })), ...more]);
};
