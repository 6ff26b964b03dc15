/** Texts in each language that a stage has; the first are those of people whose language it does not have, or know. */
export type TextsByLanguage<Texts> = readonly [Texts, ...Texts[]];

/** The languages that a reader would have, the preferred one first (RFC 5646). */
export type WantedLanguages = readonly (string | undefined)[];

/**
 * The texts for a reader who would have these languages: `pt-BR` may read `pt`, and `uk` whatever begins with it.
 */
export const inLanguage = <Texts extends { readonly language: string }>(
  texts: TextsByLanguage<Texts>,
  wanted: WantedLanguages,
): Texts => {
  for (const code of wanted) {
    const tag = (code ?? '').toLowerCase().replaceAll('_', '-');
    const found =
      texts.find(({ language }) => language.toLowerCase() === tag) ??
      texts.find(({ language }) => primaryOf(language) === primaryOf(tag));
    if (found) return found;
  }
  return texts[0];
};

const primaryOf = (tag: string): string => tag.toLowerCase().split('-')[0] ?? '';
