const pattern =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?\s?(Z|[+-]\d\d(?::?\d\d)?)?$/i;

/** Earlier ones are mistakes, and would sort among other things than times. */
const firstYear = 1900;

/**
 * A point in time as callers write it, in ISO 8601 in UTC with milliseconds: a date with or without a time, which may
 * have any fraction of a second and any offset; without one it is read as UTC (contract 4.18). `undefined` if it is none.
 */
export const readMoment = (text: string): string | undefined => {
  const [match, year = '', month = '', day = '', hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] =
    pattern.exec(text.trim()) ?? [];
  const parts = [year, month, day, hour, minute, second].map(Number);
  if (match === undefined || Number(year) < firstYear) return undefined;
  const [y = 0, m = 0, d = 0, h = 0, min = 0, s = 0] = parts;
  const local = new Date(Date.UTC(y, m - 1, d, h, min, s, Number(fraction.padEnd(3, '0').slice(0, 3))));
  const read = [local.getUTCFullYear(), local.getUTCMonth() + 1, local.getUTCDate()];
  const isReal = read.every((part, index) => part === parts[index]) && h < 24 && min < 60 && s < 60;
  const offset = offsetMinutes(zone);
  if (!isReal || offset === undefined) return undefined;
  return new Date(local.getTime() - offset * 60_000).toISOString();
};

/** Whether a text names a day and no time of it. */
export const isBareDate = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text.trim());

/** No clock is further ahead of UTC, or behind it. */
const maxOffsetMinutes = 14 * 60;

const offsetMinutes = (zone: string): number | undefined => {
  if (zone.toUpperCase() === 'Z') return 0;
  const size = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3).replace(':', '') || 0);
  if (size > maxOffsetMinutes) return undefined;
  return zone.startsWith('-') ? -size : size;
};
