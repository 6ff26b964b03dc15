import type { Problem } from '#domain/problem.ts';
import { isNoValue } from '#identity/junk.ts';
import { withoutGuard } from '#identity/spreadsheet-cell.ts';
import { quoted } from '../contacts/reading.ts';
import { type DateOrder, readDate } from './date-text.ts';

/** The times of a person's history with another program, which are kept as those of the contact's origin. */
export const originNames = ['createdAt', 'subscribedAt'] as const;

export type OriginName = (typeof originNames)[number];

/** Whether a column is of a time of the person's origin. */
export const isOriginName = (name: string): name is OriginName => originNames.some((one) => one === name);

/** What a text says of such a time: a point in time in ISO 8601 in UTC, a warning where it is left out, or neither. */
export interface OriginTime {
  readonly time?: string;
  readonly warning?: Omit<Problem, 'field'>;
}

/** Reads a time of origin. A day is its beginning in UTC; one without a year, or that may be two, is left out. */
export const readOriginTime = (cell: string, order: DateOrder | 'ambiguous' | undefined): OriginTime => {
  const text = withoutGuard(cell).trim();
  if (text === '' || isNoValue(text)) return {};
  const read = readDate(text, order === 'ambiguous' ? undefined : order);
  if (read === 'nothing') return {};
  if (read === 'ambiguous') {
    const message = `${quoted(text)} may be two dates; dateFormat can say which, e.g. DD/MM/YYYY, and it was left out`;
    return { warning: { code: 'AMBIGUOUS_DATE', message } };
  }
  if (read === undefined || read.lacksYear) {
    return { warning: { code: 'INVALID_MEMBER', message: `${quoted(text)} is no date with a year, and was left out` } };
  }
  return { time: read.moment ?? `${read.date}T00:00:00.000Z` };
};
