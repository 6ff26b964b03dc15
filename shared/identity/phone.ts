import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { bareIdentifier, wholeNumber } from './spreadsheet-cell.ts';

/**
 * What a number without `+` may be that does not fit the default country: nothing, one of another country if it is too long
 * to be a national one, or any of another; `international`: it begins with its country code whatever it fits.
 */
export type BarePhones = 'national' | 'long' | 'any' | 'international';

/** What stands for a default country where every number begins with its country code. */
export const noCountry = '+';

/**
 * A phone number as it is stored and matched: digits only, with the country code; `undefined` where the text is not a
 * number of 5 to 15 digits that the numbering plan of its country has. With `+` or `00` it is international; without, it is
 * read in the default country first (contract 2.3). Stored numbers have no `+`, so anyone who asks by one may mean any country;
 * anyone who tells one may not, or national numbers become another country's.
 */
export const normalisePhone = (text: string, defaultCountry: string, bare: BarePhones = 'any'): string | undefined => {
  const number = /^\+?\d+$/.test(text) ? text : wholeNumber(bareIdentifier(text));
  if (text.length > 40 || !phoneText.test(number)) return undefined;
  const digits = number.replace(/\D/g, '').replace(/^00/, '');
  if (digits.length < 5 || digits.length > 15) return undefined;
  const isInternational = number.startsWith('+') || number.startsWith('00');
  if (isInternational) return international(digits);
  const country = defaultCountry === noCountry ? 'international' : bare;
  const stored =
    country === 'international'
      ? (international(digits) ?? national(digits, defaultCountry))
      : (national(digits, defaultCountry) ?? foreign(number, country));
  // A number that reads differently the second time has a prefix more than its country knows.
  const isSettled =
    stored === digits ||
    country === 'international' ||
    (stored !== undefined && read(stored, defaultCountry) === stored);
  return isSettled ? stored : undefined;
};

const read = (digits: string, defaultCountry: string): string | undefined =>
  national(digits, defaultCountry) ?? international(digits);

const international = (digits: string): string | undefined => {
  const number = parsePhoneNumberFromString(`+${digits}`);
  return number?.isValid() ? withoutPlus(number.number) : undefined;
};

const national = (digits: string, defaultCountry: string): string | undefined => {
  const country = countryOf(defaultCountry);
  const number = country && parsePhoneNumberFromString(digits, country);
  return number?.isValid() ? withoutPlus(number.number) : undefined;
};

/** With punctuation it is somebody's national number, and a short one may be. */
const foreign = (number: string, bare: BarePhones): string | undefined => {
  if (bare === 'national' || !/^[1-9]\d+$/.test(number)) return undefined;
  return bare === 'any' || number.length >= leastLong ? international(number) : undefined;
};

const leastLong = 11;

/** A leading plus, then digits with the punctuation that people write between them. */
const phoneText = /^\+?[\d\s().\-\u2010-\u2015/]+$/;

const countryOf = (code: string): CountryCode | undefined => (isSupportedCountry(code) ? code : undefined);

const withoutPlus = (e164: string): string | undefined => {
  const digits = e164.slice(1);
  return digits.length >= 5 && digits.length <= 15 ? digits : undefined;
};
