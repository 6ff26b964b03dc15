import * as z from 'zod';
import { messageTexts, pageTexts } from '#names/confirmation-texts.ts';
import { unsubscribeTexts } from '#names/unsubscribe-texts.ts';
import { packedTexts } from './packed-texts.ts';

const ownTexts = <Name extends string>(defaults: Readonly<Record<Name, string>>) =>
  z.partialRecord(
    z.enum(Object.keys(defaults) as [Name, ...Name[]]),
    z.string().regex(/^\P{Cc}{1,400}$/u, '1 to 400 characters in one line'),
  );

const kinds = {
  confirmationMessage: ownTexts(messageTexts.en),
  confirmationPages: ownTexts(pageTexts.en),
  unsubscribePages: ownTexts(unsubscribeTexts.en),
};

/** The texts of one kind: of the confirmation message, or of the pages behind links. */
export type TextKind = keyof typeof kinds;

/** Settings of what mails and pages of a stage say, and how they look. */
export const appearanceSettings = {
  confirmationMessage: kinds.confirmationMessage
    .default({})
    .describe(
      'Texts of the confirmation message that replace those of `shared/names/confirmation-texts.ts`, for people whose language the stage does not have or know; `language` says which language they are in',
    ),
  confirmationPages: kinds.confirmationPages.default({}).describe('The same of the pages behind its link'),
  unsubscribePages: kinds.unsubscribePages
    .default({})
    .describe('The same of the pages behind an unsubscribe link, of `shared/names/unsubscribe-texts.ts`'),
  translations: z
    .record(
      z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/, 'a language, e.g. pl or pt-BR'),
      z.strictObject({
        confirmationMessage: kinds.confirmationMessage.optional(),
        confirmationPages: kinds.confirmationPages.optional(),
        unsubscribePages: kinds.unsubscribePages.optional(),
      }),
    )
    .default({})
    .describe(
      'The same by language: each of the three adds a language with all of its texts, or replaces some of English (`en`) or Ukrainian (`uk`)',
    ),
  accentColour: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/, 'a colour, e.g. #0b57d0')
    .default('#0b57d0')
    .describe(
      'The colour of buttons in mails and pages; what stands on them is black or white, whichever is read better',
    ),
  logoUrl: z
    .url({ protocol: /^https$/ })
    .max(500)
    .optional()
    .describe('An image on top of the confirmation message and of the pages, by `https`; none if absent'),
};

interface Appearance extends Readonly<Record<TextKind, Texts>> {
  readonly translations: Readonly<Record<string, { readonly [Kind in TextKind]?: Texts | undefined }>>;
}

type Texts = { readonly [name: string]: string | undefined };

/** What a stage says itself of one kind of texts: for everybody else, and by language. */
export const textsOf = (settings: Appearance, kind: TextKind) => ({
  usual: settings[kind],
  others: Object.fromEntries(
    Object.entries(settings.translations).flatMap(([language, one]) => (one[kind] ? [[language, one[kind]]] : [])),
  ),
});

/** The texts of one kind may take so much of an environment, which has 4 KB in all (an AWS Lambda limit). */
const maxPackedBytes = 2500;

/** Refuses texts that have no room, and languages whose readers would read a second one in between. */
export const refuseUnfit = (settings: Appearance, refuse: (setting: string, message: string) => void): void => {
  for (const kind of Object.keys(kinds) as TextKind[]) {
    const texts = textsOf(settings, kind);
    if (packedTexts(texts).length > maxPackedBytes) refuse(kind, `the texts have no room: make them shorter`);
    const all = Object.keys(builtIn[kind].en).filter((name) => name !== 'language');
    for (const [language, own] of Object.entries(texts.others)) {
      const missing = Object.hasOwn(builtIn[kind], language) ? [] : all.filter((name) => !Object.hasOwn(own, name));
      if (missing.length > 0) refuse('translations', `${language}.${kind} lacks ${missing.join(', ')}`);
      if (own.language !== undefined)
        refuse('translations', `${language}.${kind} is in ${language}: leave language out`);
    }
  }
};

const builtIn = { confirmationMessage: messageTexts, confirmationPages: pageTexts, unsubscribePages: unsubscribeTexts };
