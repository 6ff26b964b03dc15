/** A language code in its canonical case, e.g. `en-US` for `en_us`; `undefined` if it is none (RFC 5646). */
export const canonicalLanguage = (code: string): string | undefined => {
  try {
    return Intl.getCanonicalLocales(code.replaceAll('_', '-'))[0];
  } catch {
    return undefined;
  }
};

/** A time zone as the database spells it, if the difference is a padded offset: `Etc/GMT+03` is `Etc/GMT+3`. */
export const canonicalTimeZone = (name: string): string => name.replace(/^(Etc\/GMT[+-])0(\d)$/, '$1$2');
