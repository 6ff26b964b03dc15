import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';

/**
 * A phone number as it is stored and matched: digits only, with the country code; `undefined` if the text is not a
 * number of 5 to 15 digits that the numbering plan of its country has. It is read as international first, with or without
 * `+`, then as national in the default country (contract 2.3).
 */
export const normalisePhone = (text: string, defaultCountry: string): string | undefined => {
  if (text.length > 40 || !phoneText.test(text.trim())) return undefined;
  const digits = text.replace(/\D/g, '').replace(/^00/, '');
  if (digits.length < 5 || digits.length > 15) return undefined;
  const stored = readDigits(digits, defaultCountry);
  // A number that reads differently the second time has a prefix more than its country knows.
  const isSettled = stored === digits || (stored !== undefined && readDigits(stored, defaultCountry) === stored);
  return isSettled ? stored : undefined;
};

const readDigits = (digits: string, defaultCountry: string): string | undefined => {
  const international = parsePhoneNumberFromString(`+${digits}`);
  if (international?.isValid()) return withoutPlus(international.number);
  const country = countryOf(defaultCountry);
  const national = country && parsePhoneNumberFromString(digits, country);
  return national?.isValid() ? withoutPlus(national.number) : undefined;
};

/** A leading plus, then digits with the punctuation that people write between them. */
const phoneText = /^\+?[\d\s().\-\u2010-\u2015/]+$/;

const countryOf = (code: string): CountryCode | undefined => (isSupportedCountry(code) ? code : undefined);

const withoutPlus = (e164: string): string | undefined => {
  const digits = e164.slice(1);
  return digits.length >= 5 && digits.length <= 15 ? digits : undefined;
};
