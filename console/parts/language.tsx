import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react';
import { catalogue, type TextKey } from '../texts/catalogue.ts';
import { type Filling, fill, type Language, languageFor, languages } from '../texts/format.ts';

/** Says a text of the catalogue in the reader's language. */
export type Say = (key: TextKey, filling?: Filling) => string;

interface Speech {
  readonly language: Language;
  readonly choose: (language: Language) => void;
  readonly say: Say;
}

const rememberedAs = 'rollcall.language';

const sayIn =
  (language: Language): Say =>
  (key, filling) =>
    fill(catalogue[key][language], language, filling);

const SpeechContext = createContext<Speech>({ language: 'en', choose: () => {}, say: sayIn('en') });

const initialLanguage = (): Language => {
  const remembered = localStorage.getItem(rememberedAs);
  return remembered !== null && remembered in languages ? (remembered as Language) : languageFor(navigator.languages);
};

/** Gives everything within it the language that the browser asks for, or the one that was chosen last. */
export const SpeechProvider = ({ children }: { readonly children: ReactNode }) => {
  const [language, setLanguage] = useState(initialLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const speech = useMemo<Speech>(
    () => ({
      language,
      choose: (chosen) => {
        localStorage.setItem(rememberedAs, chosen);
        setLanguage(chosen);
      },
      say: sayIn(language),
    }),
    [language],
  );
  return <SpeechContext value={speech}>{children}</SpeechContext>;
};

/** The language of the reader, and how to say something in it. */
export const useSpeech = (): Speech => use(SpeechContext);
