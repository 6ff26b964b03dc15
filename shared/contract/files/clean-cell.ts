import type { CustomField } from '#domain/fields/custom-field.ts';
import type { Problem } from '#domain/problem.ts';
import { isJunk, isNoValue, type JunkRule } from '#identity/junk.ts';
import { bareIdentifier, wholeNumber, withoutGuard } from '#identity/spreadsheet-cell.ts';
import { quoted } from '../contacts/reading.ts';
import { type DateOrder, readDate, yearlessYear } from './date-text.ts';

/** What a cell is without what nobody meant to write; no value where it stands for none. */
export interface CleanCell {
  readonly value?: string;
  readonly warning?: Pick<Problem, 'code' | 'message'>;
}

export type CleanCells = (cell: string) => CleanCell;

/** What decides how the cells of a column are cleaned. */
export interface CleaningRule {
  readonly name: string;
  /** The custom field that the column is of. */
  readonly field: CustomField | undefined;
  /** The order of day and month in it; `ambiguous` where only its caller can tell. */
  readonly order: DateOrder | 'ambiguous' | undefined;
  /** Whether contacts are matched by it. */
  readonly identifies: boolean;
  readonly junk: JunkRule;
}

/** Columns of which the cells are no prose: what is around their values was not meant. */
export const bareColumns: readonly string[] = [
  'id',
  'externalCustomerId',
  'email',
  'sms',
  'viber',
  'telegram',
  'mobilepush',
  'webpush',
  'channelValue',
];

/** Makes what cleans the cells of one column. */
export const cleanerOf = (rule: CleaningRule): CleanCells => {
  const { name, field, order, identifies, junk } = rule;
  if (bareColumns.includes(name)) return (cell) => cleanIdentifier(cell, junk);
  if (field?.type === 'date' || field?.type === 'datetime')
    return (cell) => cleanDate(cell, field.type === 'datetime', order);
  if (identifies) return (cell) => cleanIdentifier(cell, junk);
  if (name === 'postcode' || field?.type === 'number')
    return (cell) => cleanText(wholeNumber(bareIdentifier(cell)), cell);
  return (cell) => cleanText(withoutGuard(cell), cell);
};

/** White space stays some: where the mask lists a phone, a blank cell clears it. */
const cleanIdentifier = (cell: string, junk: JunkRule): CleanCell => {
  const value = wholeNumber(bareIdentifier(cell));
  if (value === '') return { value: ' ' };
  return isJunk(value, junk) ? { warning: noValue(cell) } : { value };
};

const cleanText = (value: string, cell: string): CleanCell =>
  isNoValue(value) ? { warning: noValue(cell) } : { value: value || ' ' };

const noValue = (cell: string): NonNullable<CleanCell['warning']> => ({
  code: 'NO_VALUE',
  message: `${quoted(cell.trim())} stands for no value and was left out`,
});

const cleanDate = (cell: string, hasTime: boolean, order: CleaningRule['order']): CleanCell => {
  const text = withoutGuard(cell);
  if (isNoValue(text)) return { warning: noValue(cell) };
  const read = readDate(text, order === 'ambiguous' ? undefined : order);
  if (read === 'nothing') return {};
  if (read === 'ambiguous') {
    const message = `${quoted(text)} may be two dates; dateFormat can say which, e.g. DD/MM/YYYY, and it was left out`;
    return { warning: { code: 'AMBIGUOUS_DATE', message } };
  }
  if (read === undefined) return { value: text };
  const value = hasTime ? (read.moment?.slice(0, 16) ?? `${read.date}T00:00`) : read.date;
  if (!read.lacksYear) return { value };
  const message = `${quoted(text)} has no year, and was stored in ${yearlessYear}`;
  return { value, warning: { code: 'DATE_WITHOUT_YEAR', message } };
};
