/** What a spreadsheet would take for a formula, and csv-stringify guards (`escape_formulas`). */
const guarded = /^'(?=[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20])/;

/** Text that a spreadsheet must not take for a number: `="00123"`. */
const wrapped = /^="([^"]*)"$/;

/** A cell as it was before it was guarded against spreadsheets. */
export const withoutGuard = (cell: string): string => {
  const text = guarded.test(cell) ? cell.slice(1) : cell;
  return wrapped.exec(text)?.[1] ?? text;
};

/** Spaces of any kind and invisible marks, which come along when an identifier is copied. */
const invisible = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/g;

/**
 * An identifier without what came along by accident: white space around it, invisible marks, an apostrophe for text.
 */
export const bareIdentifier = (cell: string): string =>
  withoutGuard(cell)
    .replace(invisible, '')
    .trim()
    .replace(/^'(?=\d)/, '');

/** Whether a number was shortened by a spreadsheet, so that its digits are lost: `3,80942583691E+11`. */
export const isShortened = (identifier: string): boolean => /^[+-]?\d([.,]\d+)?E\+\d{2,3}$/i.test(identifier);

/** A whole number without the fraction that programs give it: `380942583691.0`. */
export const wholeNumber = (identifier: string): string => identifier.replace(/^(\+?\d{5,15})[.,]0+$/, '$1');
