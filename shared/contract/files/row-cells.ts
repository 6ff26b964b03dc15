import type { ColumnRule, FileSample } from '#domain/files/contact-file.ts';
import type { Problem } from '#domain/problem.ts';
import { countryCodeOf } from '#identity/country-code.ts';
import { isNoValue } from '#identity/junk.ts';
import { normalisePhone } from '#identity/phone.ts';
import { bareIdentifier } from '#identity/spreadsheet-cell.ts';
import type { PhoneRule } from '../contacts/read-channels.ts';
import { quoted } from '../contacts/reading.ts';
import { chooserOf } from './choose-value.ts';
import { type CleanCells, cleanerOf } from './clean-cell.ts';
import { dateOrderIn } from './date-order.ts';
import type { DateOrder } from './date-text.ts';
import type { FileColumn, FoundColumns } from './found-columns.ts';
import { splitName } from './full-name.ts';
import { addressColumnNames, extraColumnNames } from './header-names.ts';
import { isOriginName, readOriginTime } from './origin-times.ts';

/** The cells of a row by the names of their columns, cleaned, one for each name. */
export interface RowCells {
  readonly filled: Map<string, string>;
  /** Named by the headers of their columns. */
  readonly warnings: Problem[];
  /** The headers of columns of which the row chose one. */
  readonly headers: Map<string, string>;
  /** Addresses and phones of the same person that are not read. */
  readonly spare: string[];
  phones: PhoneRule;
}

type CleanColumn = FileColumn & { readonly clean: CleanCells };

/** Fills in what some columns of a row say. */
type Fill = (row: RowCells, cells: readonly string[]) => void;

/** Makes what takes the cells of a row apart by its columns; whatever can be is worked out once for a file. */
export const rowCellsOf = (found: FoundColumns, rule: ColumnRule, sample: FileSample) => {
  const columns = found.columns.map(
    (column): CleanColumn => ({ ...column, clean: cleanerFor(column, { found, rule, sample }) }),
  );
  const phones = phonesOf(columns, { found, rule, sample });
  const fills = [
    fillPlain(columns),
    fillAddress(columns),
    fillChannels(columns),
    fillName(columns),
    fillRouted(columns),
    fillOrigin(columns, rule, { sample, usual: found.kit?.dateOrder }),
  ].filter((fill) => fill !== undefined);
  return (cells: readonly string[]): RowCells => {
    const row: RowCells = { filled: new Map(), warnings: [], headers: new Map(), spare: [], phones };
    for (const fill of fills) fill(row, cells);
    return row;
  };
};

/** What is known of a file before its first row is read. */
interface Context {
  readonly found: FoundColumns;
  readonly rule: ColumnRule;
  readonly sample: FileSample;
}

/**
 * Numbers without `+` are of the default country, unless the program writes country codes without it, or the column does:
 * then most of those of the default country have theirs.
 */
const phonesOf = (columns: readonly FileColumn[], { found, rule, sample }: Context): PhoneRule => {
  const defaultCountry = rule.options.defaultCountry ?? rule.defaultCountry;
  if (found.kit?.isInternational) return { defaultCountry, barePhones: 'international' };
  const phones = columns.filter(({ name }) => name === 'sms');
  const bare = sample
    .flatMap((cells) => phones.map(({ index }) => bareIdentifier(cells[index] ?? '')))
    .filter((one) => /^[1-9]\d+$/.test(one));
  const own = bare.filter((one) => normalisePhone(one, defaultCountry, 'national') === one);
  return { defaultCountry, barePhones: 2 * own.length > bare.length ? 'long' : 'national' };
};

const cleanerFor = ({ name, index }: FileColumn, { found, rule, sample }: Context): CleanCells => {
  const field = rule.definitions.get(Number(name));
  const isDated = field?.type === 'date' || field?.type === 'datetime';
  const order = isDated
    ? dateOrderIn(sample, index, { asked: rule.options.dateFormat, usual: found.kit?.dateOrder })
    : undefined;
  const identifies = rule.settings.dedupeOn === 'fieldId' && name === String(rule.settings.fieldId);
  return cleanerOf({ name, field, order, identifies, junk: rule.junk ?? {} });
};

/** Columns that take more than one cell to be read. */
const apart = new Set<string>([
  'email',
  'sms',
  'channelType',
  'channelValue',
  ...addressColumnNames,
  ...extraColumnNames,
]);

const put = (row: RowCells, { name, header, index, clean }: CleanColumn, cells: readonly string[]): void => {
  const cell = cells[index] ?? '';
  if (cell === '') return;
  const { value, warning } = clean(cell);
  if (value !== undefined) row.filled.set(name, value);
  if (warning) row.warnings.push({ ...warning, field: header });
};

const fillPlain = (columns: readonly CleanColumn[]): Fill => {
  const plain = columns.filter(({ name }) => !apart.has(name));
  return (row, cells) => {
    for (const column of plain) put(row, column, cells);
  };
};

/** Of several addresses of a person the first that has anything, whole; its country is that of the phones, too. */
const fillAddress = (columns: readonly CleanColumn[]): Fill | undefined => {
  const parts = columns.filter(({ name }) => addressColumnNames.includes(name));
  if (parts.length === 0) return undefined;
  const blocks = [...Map.groupBy(parts, ({ block = '' }) => block).values()];
  const countries = parts.filter(({ name }) => name === 'countryCode');
  return (row, cells) => {
    const isFilled = ({ index }: CleanColumn) => (cells[index] ?? '').trim() !== '';
    const block = blocks.find((one) => one.some(isFilled)) ?? blocks[0] ?? [];
    for (const column of block) put(row, column, cells);
    row.warnings.push(...otherAddresses(parts, block, cells));
    joinLines(row.filled);
    const named = row.filled.get('countryCode') ?? cells[countries.find(isFilled)?.index ?? -1];
    const code = named === undefined ? undefined : countryCodeOf(named);
    if (code === undefined) return;
    row.phones = { ...row.phones, defaultCountry: code };
    if (row.filled.has('countryCode')) row.filled.set('countryCode', code);
  };
};

/** What a row has of other addresses, unless the one that is read has the same. */
const otherAddresses = (
  parts: readonly CleanColumn[],
  block: readonly CleanColumn[],
  cells: readonly string[],
): Problem[] => {
  if (parts.length === block.length) return [];
  const textOf = ({ index }: CleanColumn) => (cells[index] ?? '').trim();
  const said = new Set(['', ...block.map(textOf)]);
  return parts
    .filter((column) => !block.includes(column) && !said.has(textOf(column)) && !isNoValue(textOf(column)))
    .map((column) => ({
      code: 'SPARE_VALUE',
      field: column.header,
      message: `${quoted(textOf(column))} was left out, as the row has another address`,
    }));
};

const joinLines = (filled: Map<string, string>): void => {
  const more = filled.get('addressLine2');
  if (more === undefined) return;
  filled.delete('addressLine2');
  const line = filled.get('address')?.trim();
  if (more.trim() !== '') filled.set('address', line ? `${line}, ${more}` : more);
};

const fillChannels = (columns: readonly CleanColumn[]): Fill => {
  const choosers = (['email', 'sms'] as const).flatMap((name) => {
    const own = columns.filter((column) => column.name === name);
    return own.length > 0 ? [{ name, choose: chooserOf(name, own) }] : [];
  });
  return (row, cells) => {
    for (const { name, choose } of choosers) {
      const { value, header, spare, warnings } = choose(cells, row.phones);
      if (value !== undefined) row.filled.set(name, value);
      row.headers.set(name, header);
      row.spare.push(...spare);
      row.warnings.push(...warnings);
    }
  };
};

/**
 * A full name is split, unless there is a column of last names beside it: then it is the first name. Beside columns of both it
 * stands in where a row has neither.
 */
const fillName = (columns: readonly CleanColumn[]): Fill | undefined => {
  const fullName = columns.find(({ name }) => name === 'fullName');
  if (!fullName) return undefined;
  const isInPlace = columns.some(({ name }) => name === 'firstName');
  const hasLastName = !isInPlace && columns.some(({ name }) => name === 'lastName');
  return (row, cells) => {
    const isNamed = ['firstName', 'lastName'].some((name) => row.filled.get(name)?.trim());
    if (isInPlace && (isNamed || !cells[fullName.index]?.trim())) return;
    put(row, fullName, cells);
    const text = row.filled.get('fullName');
    if (text === undefined) return;
    row.filled.delete('fullName');
    const { firstName, lastName } =
      hasLastName || text.trim() === '' ? { firstName: text, lastName: undefined } : splitName(text, fullName.header);
    for (const [name, part] of Object.entries({ firstName, lastName })) {
      if (part === undefined) continue;
      row.filled.set(name, part);
      row.headers.set(name, fullName.header);
    }
  };
};

/** Of several columns the first that has such a time. */
const fillOrigin = (
  columns: readonly FileColumn[],
  { options: { dateFormat } }: ColumnRule,
  { sample, usual }: { readonly sample: FileSample; readonly usual: DateOrder | undefined },
): Fill | undefined => {
  const times = columns
    .filter(({ name }) => isOriginName(name))
    .map((column) => ({ ...column, order: dateOrderIn(sample, column.index, { asked: dateFormat, usual }) }));
  if (times.length === 0) return undefined;
  return ({ filled, headers, warnings }, cells) => {
    for (const { name, header, index, order } of times) {
      const { time, warning } = readOriginTime(cells[index] ?? '', order);
      if (warning) warnings.push({ ...warning, field: header });
      if (time === undefined || filled.has(name)) continue;
      filled.set(name, time);
      headers.set(name, header);
    }
  };
};

/** Some programs have a row for each address, and a column that says of what kind it is. */
const fillRouted = (columns: readonly CleanColumn[]): Fill | undefined => {
  const value = columns.find(({ name }) => name === 'channelValue');
  const type = columns.find(({ name }) => name === 'channelType');
  if (!value || !type) return undefined;
  return (row, cells) => {
    put(row, value, cells);
    const address = row.filled.get('channelValue');
    row.filled.delete('channelValue');
    const name = channelOfType(cells[type.index] ?? '');
    if (address === undefined || name === undefined) return;
    row.filled.set(name, address);
    row.headers.set(name, value.header);
  };
};

const channelOfType = (type: string): string | undefined => {
  const text = type.trim().toUpperCase();
  if (text === 'EMAIL') return 'email';
  if (text === 'SMS' || text === 'VOICE') return 'sms';
  return /^(APNS|GCM|FCM|ADM|BAIDU|PUSH)/.test(text) ? 'mobilepush' : undefined;
};
