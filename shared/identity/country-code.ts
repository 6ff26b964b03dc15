import { getCountries } from 'libphonenumber-js/min';

/** What people call countries beside the names that every computer knows. */
const aliases: Readonly<Record<string, string>> = {
  usa: 'US',
  'u.s.a.': 'US',
  'u.s.': 'US',
  'united states of america': 'US',
  uk: 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  'great britain': 'GB',
  'czech republic': 'CZ',
  holland: 'NL',
  'south korea': 'KR',
  uae: 'AE',
  сша: 'US',
  великобритания: 'GB',
  великобританія: 'GB',
  англія: 'GB',
  рф: 'RU',
};

/** Languages in which the names of countries are known. */
const languages = ['en', 'uk', 'ru', 'de', 'fr', 'es', 'pl'];

let byName: ReadonlyMap<string, string> | undefined;

const readNames = (): ReadonlyMap<string, string> => {
  const codes: readonly string[] = getCountries();
  const names = languages.flatMap((language) => {
    const display = new Intl.DisplayNames([language], { type: 'region' });
    return codes.map((code) => [(display.of(code) ?? code).toLowerCase(), code] as const);
  });
  return new Map([...names, ...codes.map((code) => [code.toLowerCase(), code] as const), ...Object.entries(aliases)]);
};

/** The ISO 3166-1 alpha-2 code of a country by its code or a name of it; `undefined` where it is none that is known. */
export const countryCodeOf = (text: string): string | undefined => {
  const key = text.trim().toLowerCase();
  if (key.length < 2 || key.length > 60) return undefined;
  byName ??= readNames();
  return byName.get(key);
};
