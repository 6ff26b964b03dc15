/** The languages of the console. */
export const languages = { en: 'English', uk: 'Українська' } as const;

/** A language of the console. */
export type Language = keyof typeof languages;

/** One text in every language. */
export type Text = Readonly<Record<Language, string>>;

/** What a text is filled with. */
export type Filling = Readonly<Record<string, string | number>>;

/**
 * Fills a text: `{name}` is a value, and `{name|contact|contacts}` the form of a word that goes with a number: one and many,
 * or one, few and many.
 */
export const fill = (text: string, language: Language, filling: Filling = {}): string =>
  text.replace(/\{(\w+)((?:\|[^|}]*)*)\}/g, (_whole, name: string, forms: string) => {
    const value = filling[name] ?? '';
    if (forms !== '') return formFor(Number(value), forms.slice(1).split('|'), language);
    return typeof value === 'number' ? value.toLocaleString(language) : value;
  });

const formFor = (count: number, forms: readonly string[], language: Language): string => {
  const category = new Intl.PluralRules(language).select(count);
  const place = category === 'one' ? 0 : category === 'few' ? 1 : forms.length - 1;
  return forms[place] ?? '';
};

/** The language that a browser asks for, or English. */
export const languageFor = (asked: readonly string[]): Language =>
  asked.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag): tag is Language => tag in languages) ?? 'en';
