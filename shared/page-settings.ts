import { brotliDecompressSync } from 'node:zlib';
import { messageTexts, pageTexts } from '#names/confirmation-texts.ts';
import { unsubscribeTexts } from '#names/unsubscribe-texts.ts';
import { variable } from './environment.ts';
import { organisationName, publicUrl, redirectUrls } from './settings.ts';

// What the stack's settings say about mails and pages that people read, imported like those of `settings.ts`.

const accentColour = /* @__PURE__ */ variable('accentColour');

const logoUrl = /* @__PURE__ */ variable('logoUrl');

const ownMessageTexts = /* @__PURE__ */ variable('confirmationMessage');

const ownPageTexts = /* @__PURE__ */ variable('confirmationPages');

const ownUnsubscribeTexts = /* @__PURE__ */ variable('unsubscribePages');

// Each names every member: a bundler keeps what has a spread in it, and a function would stop for want of what it does not use.

/** What a message that asks for a confirmation is made from. */
export const messageSettings = {
  organisationName,
  accentColour,
  logoUrl,
  publicUrl,
  redirectUrls,
  confirmationMessage: () => textsOf(messageTexts, ownMessageTexts()),
};

/** What the pages behind the link of a confirmation are made from. */
export const pageSettings = {
  organisationName,
  accentColour,
  logoUrl,
  confirmationPages: () => textsOf(pageTexts, ownPageTexts()),
};

/** What the pages for those who unsubscribe are made from. */
export const unsubscribeSettings = {
  organisationName,
  accentColour,
  logoUrl,
  unsubscribePages: () => textsOf(unsubscribeTexts, ownUnsubscribeTexts()),
};

/** What a stage says itself of one kind of texts. */
interface OwnTexts {
  /** For people whose language it does not have, or know. */
  readonly usual?: Readonly<Record<string, string>>;
  readonly others?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

type BuiltIn<Name extends string> = Readonly<Record<'en' | 'uk', Readonly<Record<Name, string>>>>;

/** Texts in every language of a stage: its own, where they are missing those that come along, English by default. */
const textsOf = <Name extends string>(builtIn: BuiltIn<Name | 'language'>, packed: string) => {
  const { usual = {}, others = {} } = unpacked(packed);
  const first = usual.language ?? 'en';
  const textsIn = (language: string): Readonly<Record<Name | 'language', string>> => ({
    ...(isBuiltIn(language) ? builtIn[language] : builtIn.en),
    ...others[language],
    ...(language === first && usual),
    language,
  });
  const further = new Set([...Object.keys(builtIn), ...Object.keys(others)]);
  further.delete(first);
  return [textsIn(first), ...[...further].map(textsIn)] as const;
};

const isBuiltIn = (language: string): language is 'en' | 'uk' => language === 'en' || language === 'uk';

/** The stack compresses texts, as an environment has little room, from settings that it has checked. */
const unpacked = (packed: string): OwnTexts =>
  packed === '' ? {} : JSON.parse(brotliDecompressSync(Buffer.from(packed, 'base64')).toString());
