/** In which order a date has its day, month and year. */
export type DateOrder = 'YMD' | 'DMY' | 'MDY';

/** A date that was read from a text. */
export interface ReadDate {
  /** `yyyy-MM-dd`, as it stands there whatever its offset. */
  readonly date: string;
  /** The point in time in ISO 8601 in UTC where the text has one; without an offset it is UTC already. */
  readonly moment?: string;
  /** Whether the text names no year: the date then has 1904, a leap year that nobody takes for a birth. */
  readonly lacksYear?: true;
}

/** The year of dates without one. */
export const yearlessYear = 1904;

/**
 * Reads a date as programs and people write it: numbers in any order and with any punctuation, names of months in English,
 * Ukrainian and Russian, a time after it, seconds since 1970. Two-digit years are 1930 to 2029. `nothing` is a date that
 * stands for none (`0000-00-00`), `ambiguous` one whose day and month only `order` can tell apart; `undefined` is no date.
 */
export const readDate = (
  text: string,
  order: DateOrder | undefined,
): ReadDate | 'nothing' | 'ambiguous' | undefined => {
  const trimmed = text.trim();
  if (trimmed.length > longest) return undefined;
  if (nullDate.test(trimmed)) return 'nothing';
  if (epoch.test(trimmed)) return ofEpoch(trimmed);
  const { day, rest } = dayAndTime(trimmed);
  const time = rest === undefined ? undefined : readTime(rest);
  if (rest !== undefined && time === undefined) return undefined;
  const found = ofNumbers(day, order) ?? ofNames(day);
  if (found === undefined || found === 'ambiguous') return found;
  return time === undefined ? found : { ...found, moment: momentOf(found.date, time) };
};

/** In which orders a date can be read that has numbers only; none where its order is plain, or it is no date. */
export const ordersOf = (text: string): readonly DateOrder[] => {
  if (text.length > longest) return [];
  const { day } = dayAndTime(text.trim());
  const separator = threeNumbers.exec(day)?.[2] ?? twoNumbers.exec(day)?.[3] ?? '.';
  if (separator === '.' || separator === '' || day.startsWith('--')) return [];
  return orders.filter((order) => typeof ofNumbers(day, order) === 'object');
};

const longest = 40;
const orders = ['DMY', 'MDY'] as const;
const nullDate = /^(0{1,4}[./-]0{1,2}[./-]0{1,4}([T ]00:00(:00)?)?|0|1970-01-01 00:00:00)$/;
const epoch = /^[12]\d{9}(\d{3})?$/;

const ofEpoch = (text: string): ReadDate => {
  const moment = new Date(Number(text) * (text.length > 10 ? 1 : 1000)).toISOString();
  return { date: moment.slice(0, 10), moment };
};

/** The day, and the time behind a space, a comma or a `T`. */
const dayAndTime = (text: string): { readonly day: string; readonly rest?: string } => {
  let from = text.indexOf(':');
  if (from < 0) return { day: text };
  while (/\d/.test(text[from - 1] ?? '')) from -= 1;
  const isApart = /[\sT,]/i.test(text[from - 1] ?? '');
  const day = text.slice(0, from - 1).trim();
  return isApart ? { day: day.endsWith(',') ? day.slice(0, -1) : day, rest: text.slice(from) } : { day: text };
};

const clock = /^(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?(?:\s*([ap]\.?m\.?))?(?:\s*(Z|UTC|GMT|[+-]\d\d:?\d\d))?$/i;

interface ReadTime {
  readonly seconds: number;
  readonly offsetMinutes: number;
}

const readTime = (text: string): ReadTime | undefined => {
  const [match, hour = '', minute = '', second = '0', half = '', zone = ''] = clock.exec(text.trim()) ?? [];
  if (match === undefined) return undefined;
  const hours = half === '' ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase().startsWith('p') ? 12 : 0);
  if (hours > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const [, sign, zoneHours = '0', zoneMinutes = '0'] = /^([+-])(\d\d):?(\d\d)$/.exec(zone) ?? [];
  const offset = Number(zoneHours) * 60 + Number(zoneMinutes);
  return {
    seconds: hours * 3600 + Number(minute) * 60 + Number(second),
    offsetMinutes: sign === '-' ? -offset : offset,
  };
};

const momentOf = (date: string, { seconds, offsetMinutes }: ReadTime): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + seconds * 1000 - offsetMinutes * 60_000).toISOString();

const yearFirst = /^(\d{4})([./-])(\d{1,2})\2(\d{1,2})$/;
const compact = /^(\d{4})(\d\d)(\d\d)$/;
const threeNumbers = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d\d)\.?$/;
const twoNumbers = /^(--)?(\d{1,2})([./-]?)(\d{1,2})$/;

const ofNumbers = (text: string, order: DateOrder | undefined): ReadDate | 'ambiguous' | undefined => {
  const first = yearFirst.exec(text);
  if (first) return calendarDate(first[1], first[3], first[4]);
  const run = compact.exec(text);
  if (run) return calendarDate(run[1], run[2], run[3]);
  const three = threeNumbers.exec(text);
  if (three) return inOrder([three[1], three[3]], { order, separator: three[2], year: three[4] });
  const two = twoNumbers.exec(text);
  if (!two || (two[3] === '' && !two[1])) return undefined;
  const byForm = two[1] || order === 'YMD' ? 'MDY' : order;
  return inOrder([two[2], two[4]], { order: byForm, separator: two[3], year: undefined });
};

interface Form {
  readonly order: DateOrder | undefined;
  readonly separator: string | undefined;
  readonly year: string | undefined;
}

/** Full stops are between day and month in nearly all countries that use them. */
const inOrder = (
  [one, other]: readonly [string | undefined, string | undefined],
  { order, separator, year }: Form,
): ReadDate | 'ambiguous' | undefined => {
  const dayFirst = calendarDate(year, other, one);
  const monthFirst = calendarDate(year, one, other);
  if (order === 'DMY') return dayFirst;
  if (order === 'MDY') return monthFirst;
  const isAmbiguous = separator !== '.' && dayFirst && monthFirst && dayFirst.date !== monthFirst.date;
  return isAmbiguous ? 'ambiguous' : (dayFirst ?? monthFirst);
};

const calendarDate = (year: string | undefined, month = '', day = ''): ReadDate | undefined => {
  const full = year === undefined ? String(yearlessYear) : fullYear(year);
  const text = `${full}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const time = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(time) || new Date(time).getUTCDate() !== Number(day) || Number(full) < 1000) return undefined;
  return { date: text, ...(year === undefined && { lacksYear: true }) };
};

const fullYear = (year: string): string => (year.length === 2 ? `${Number(year) < 30 ? '20' : '19'}${year}` : year);

const months: ReadonlyMap<string, number> = new Map(
  [
    ['jan', 'січ', 'янв'],
    ['feb', 'лют', 'фев'],
    ['mar', 'бер', 'мар'],
    ['apr', 'кві', 'апр'],
    ['may', 'тра', 'мая', 'май'],
    ['jun', 'чер', 'июн'],
    ['jul', 'лип', 'июл'],
    ['aug', 'сер', 'авг'],
    ['sep', 'вер', 'сен'],
    ['oct', 'жов', 'окт'],
    ['nov', 'лис', 'ноя'],
    ['dec', 'гру', 'дек'],
  ].flatMap((names, index) => names.map((name) => [name, index + 1] as const)),
);

const named =
  /^(?:(\d{1,2})(?:st|nd|rd|th)?[\s.-]+(\p{L}{3,9})\.?|(\p{L}{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?)(?:,?[\s.-]+(\d{4}|\d\d))?(?:\s*(?:р|г|року|года)\.?)?$/iu;

const ofNames = (text: string): ReadDate | undefined => {
  const [match, day, name, otherName, otherDay, year] = named.exec(text) ?? [];
  const month = months.get((name ?? otherName ?? '').slice(0, 3).toLowerCase());
  return match === undefined || month === undefined ? undefined : calendarDate(year, String(month), day ?? otherDay);
};
