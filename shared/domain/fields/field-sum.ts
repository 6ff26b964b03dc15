import type { CustomField } from './custom-field.ts';

/** What a whole number field can hold (contract 2.6). */
const wholeRange = { least: -(2 ** 31), most: 2 ** 31 - 1 } as const;
/** Beyond it a decimal would lose digits on its way through a number. */
const decimalRange = { least: -1e15, most: 1e15 } as const;

/** Digits after the point that a sum keeps. */
const decimals = 6;

/** Whether sums can be made of what a field holds. */
export const isNumeric = ({ type }: Pick<CustomField, 'type'>): boolean => type === 'number' || type === 'decimal';

/**
 * The value of a numeric field after something was added to it, within what the field can hold (contract 7); an empty
 * field counts as 0. `undefined` if the summand is no number.
 */
export const summedValue = (
  { type }: Pick<CustomField, 'type'>,
  current: string | undefined,
  summand: string,
): string | undefined => {
  const text = summand.trim().replace(',', '.');
  if (!/^[+-]?\d{1,30}(\.\d{1,30})?$/.test(text)) return undefined;
  if (type === 'number' && !/^[+-]?\d+(\.0+)?$/.test(text)) return undefined;
  const { least, most } = type === 'number' ? wholeRange : decimalRange;
  const sum = Number(current ?? '0') + Number(text);
  const clamped = Math.min(Math.max(sum, least), most);
  return type === 'number' ? String(clamped) : String(Number(clamped.toFixed(decimals)));
};
