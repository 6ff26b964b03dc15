import type { SheetPlace, ZipEntry } from '#domain/files/contact-file.ts';
import { FileError } from '#domain/files/file-error.ts';
import type { BoundedSource } from './bounded-source.ts';
import { readSmallXml } from './read-xml.ts';

/** A sheet as a workbook names it. */
interface Sheet {
  readonly name: string;
  readonly path: string;
  readonly isHidden: boolean;
}

/** The sheet that is read, and what people should know of the others. */
export interface FoundSheet {
  readonly place: SheetPlace;
  readonly notes: readonly string[];
}

/**
 * Finds the sheet that is asked for by its name, or the first one that is not hidden.
 * @throws FileError INVALID_HEADER if there is no such sheet, FILE_DAMAGED if parts of the workbook are missing.
 */
export const findSheet = async (
  source: BoundedSource,
  find: (path: string) => Promise<ZipEntry | undefined>,
  asked: string | undefined,
): Promise<FoundSheet> => {
  const { sheets, countsFrom1904 } = await readSheets(source, find);
  const chosen =
    asked === undefined ? (sheets.find(({ isHidden }) => !isHidden) ?? sheets[0]) : sheetNamed(sheets, asked);
  if (!chosen) throw noSheet(sheets, asked);
  const sheet = await find(chosen.path);
  if (!sheet) throw missing(chosen.path);
  const texts = await find('xl/sharedStrings.xml');
  const styles = await find('xl/styles.xml');
  const others = sheets.filter((one) => one !== chosen);
  return {
    place: {
      sheet,
      ...(texts && { texts }),
      ...(styles && { styles }),
      countsFrom1904,
    },
    notes: [
      `Read from the sheet '${chosen.name.slice(0, maxName)}' of an Excel workbook`,
      ...(others.length > 0 ? [`Sheets that are not read, but sheet can name one: ${shownSheets(others)}`] : []),
    ],
  };
};

/** As many sheets as are named, and as much of a name as Excel allows, and some more. */
const maxNames = 50;
const maxName = 40;

const shownSheets = (sheets: readonly Sheet[]): string => {
  const names = sheets
    .slice(0, maxNames)
    .map(({ name, isHidden }) => `'${name.slice(0, maxName).toWellFormed()}'${isHidden ? ' (hidden)' : ''}`);
  return names.join(', ') + (sheets.length > maxNames ? ` and ${sheets.length - maxNames} more` : '');
};

const sheetNamed = (sheets: readonly Sheet[], asked: string): Sheet | undefined => {
  const same = (name: string) => name.trim().toLowerCase();
  return sheets.find(({ name }) => same(name) === same(asked));
};

const noSheet = (sheets: readonly Sheet[], asked: string | undefined): FileError => {
  const names = shownSheets(sheets);
  return asked === undefined
    ? new FileError('EMPTY_FILE', 'The workbook has no sheet with rows')
    : new FileError('INVALID_HEADER', `The workbook has no sheet '${asked}'; its sheets are ${names}`);
};

const missing = (path: string): FileError =>
  new FileError('FILE_DAMAGED', `The workbook is damaged: ${path} is missing`);

const workbookPath = 'xl/workbook.xml';

const readSheets = async (source: BoundedSource, find: (path: string) => Promise<ZipEntry | undefined>) => {
  const workbook = await find(workbookPath);
  const relations = await find('xl/_rels/workbook.xml.rels');
  if (!workbook || !relations) throw missing(workbook ? 'xl/_rels/workbook.xml.rels' : workbookPath);
  const paths = new Map<string, string>();
  await readSmallXml(source, relations, {
    open: (name, { Id = '', Target = '', Type = '' }) => {
      // Charts are sheets, too, but have no rows.
      if (name === 'Relationship' && /\/worksheet$/.test(Type)) paths.set(Id, pathOf(Target));
    },
  });
  const sheets: Sheet[] = [];
  let countsFrom1904 = false;
  await readSmallXml(source, workbook, {
    open: (name, attributes) => {
      if (name === 'workbookPr') countsFrom1904 = /^(1|true)$/.test(attributes.date1904 ?? '');
      if (name !== 'sheet') return;
      const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? '';
      const path = paths.get(id);
      if (path === undefined) return;
      sheets.push({ name: attributes.name ?? '', path, isHidden: /hidden/i.test(attributes.state ?? '') });
    },
  });
  return { sheets, countsFrom1904 };
};

const pathOf = (target: string): string =>
  target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`;
