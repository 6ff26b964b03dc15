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
 * An identifier without what nobody meant to write: white space around it, invisible marks, an apostrophe for text, quotes
 * around it, and the scheme of a link to it.
 */
export const bareIdentifier = (cell: string): string => {
  const text = withoutGuard(cell).replace(invisible, '').trim();
  const unquoted = /^"[^"]*"$/.test(text) ? text.slice(1, -1).trim() : text;
  return unquoted.replace(/^['’`](?=[\d+(])/, '').replace(/^(?:mailto|tel|sms):(?:\/\/)?/i, '');
};

/** Whether a number was shortened by a spreadsheet, so that its digits are lost: `3,80942583691E+11`. */
export const isShortened = (identifier: string): boolean => /^[+-]?\d([.,]\d+)?E\+\d{1,3}$/i.test(identifier);

/** A whole number without the fraction that programs give it, and the spaces between its thousands: `380942583691.0`. */
export const wholeNumber = (identifier: string): string => {
  const whole = /^\+?\d{1,20}[.,]0+$/.test(identifier) ? identifier.slice(0, identifier.search(/[.,]/)) : identifier;
  return /^\d{1,3}([\u00A0\u2009\u202F]\d{3})+$/.test(whole) ? whole.replace(/\D/g, '') : whole;
};
