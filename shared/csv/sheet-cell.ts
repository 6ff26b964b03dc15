import type { SheetStyles } from './sheet-styles.ts';
import { type SheetTexts, withoutEscapes } from './sheet-texts.ts';

/** A cell as a sheet stores it. */
export interface RawCell {
  readonly type: string;
  readonly style: string;
  text: string;
  /** Whether it has a formula, and whether the program that wrote it worked its value out. */
  isFormula: boolean;
  hasValue: boolean;
}

/** What the cells of a sheet refer to. */
export interface CellRule {
  readonly texts: SheetTexts;
  readonly styles: SheetStyles;
  readonly countsFrom1904: boolean;
}

/** What Excel shows for a value that there is none of. */
const noValue = '#N/A';

/** What people see in a cell, near enough: `380671234567` and not `3.80671234567E11`, `1985-02-28` and not `31106`. */
export const textOfCell = (
  { type, style, text, isFormula, hasValue }: RawCell,
  { texts, styles, countsFrom1904 }: CellRule,
): string => {
  if (isFormula && !hasValue) return noValue;
  switch (type) {
    case 's':
      return text === '' ? '' : (texts.at(Number(text)) ?? noValue);
    case 'str':
    case 'inlineStr':
      return withoutEscapes(text);
    case 'b':
      return text === '1' ? 'true' : text === '0' ? 'false' : text;
    case 'e':
      return text;
    case 'd':
      return text.replace(/T00:00:00(\.0+)?$/, '');
    default:
      return numberText(text, styles[style], countsFrom1904);
  }
};

const numberText = (text: string, style: 'date' | number | undefined, countsFrom1904: boolean): string => {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) return text;
  if (style === 'date' && value >= 0 && value < lastDay) return dateText(value, countsFrom1904);
  // Fifteen digits are what Excel keeps, and 0.1 + 0.2 is 0.3 there. A longer number whose digits are all there was written by
  // another program; without them it is no identifier any more, and stays as it is to be refused as one.
  if (Math.abs(value) >= 1e15) return text.trim();
  const plain = String(Number(value.toPrecision(15)));
  return typeof style === 'number' && Number.isInteger(value) ? plain.padStart(style, '0') : plain;
};

/** The year 9999. */
const lastDay = 2_958_466;
const dayMilliseconds = 86_400_000;

/** Days count from 1900, which Excel takes for a leap year, or from 1904; what is less than a day is a time. */
const dateText = (serial: number, countsFrom1904: boolean): string => {
  const from = countsFrom1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, serial < 60 ? 31 : 30);
  const seconds = Math.round(serial * 86_400);
  const moment = new Date(
    from + Math.floor(seconds / 86_400) * dayMilliseconds + (seconds % 86_400) * 1000,
  ).toISOString();
  const [day = '', time = ''] = moment.slice(0, 19).split('T');
  if (serial < 1 && !countsFrom1904) return time;
  return time === '00:00:00' ? day : `${day} ${time}`;
};
