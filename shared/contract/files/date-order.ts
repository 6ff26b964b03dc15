import type { FileSample } from '#domain/files/contact-file.ts';
import { type DateOrder, ordersOf } from './date-text.ts';

/**
 * The order of day and month in the dates of a column: the one in which every date of its sample can be read. `ambiguous`
 * where both can be, and where each contradicts another; `undefined` where no date needs one.
 */
export const dateOrderOf = (cells: Iterable<string>): DateOrder | 'ambiguous' | undefined => {
  let [days, months, both] = [0, 0, 0];
  for (const cell of cells) {
    const orders = ordersOf(cell);
    if (orders.length > 1) both += 1;
    else if (orders[0] === 'DMY') days += 1;
    else if (orders[0] === 'MDY') months += 1;
  }
  if (days + months + both === 0) return undefined;
  if (days > slips * months) return 'DMY';
  return months > slips * days ? 'MDY' : 'ambiguous';
};

/** One slip of a pen among so many dates does not turn a column round. */
const slips = 20;

/** The order that a caller's `dateFormat` has, e.g. `DD.MM.YYYY` or `mdy`; `undefined` where it is none. */
export const orderOfFormat = (format: string): DateOrder | undefined => {
  const letters = [...new Set(format.toUpperCase().replace(/[^DMY]/g, ''))].join('');
  return letters === 'DMY' || letters === 'MDY' || letters === 'YMD' ? letters : undefined;
};

/** The order of the dates of one column: as its caller says, as its program writes them, or as a sample shows. */
export const dateOrderIn = (
  sample: FileSample,
  index: number,
  { asked, usual }: { readonly asked: string | undefined; readonly usual: DateOrder | undefined },
): DateOrder | 'ambiguous' | undefined =>
  orderOfFormat(asked ?? '') ?? usual ?? dateOrderOf(sample.map((cells) => cells[index] ?? ''));
