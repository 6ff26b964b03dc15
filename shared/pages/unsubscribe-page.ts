import { escapeHtml } from '#domain/messages/html.ts';
import type { UnsubscribeTexts } from '#names/unsubscribe-texts.ts';
import { inLanguage, type TextsByLanguage, type WantedLanguages } from './in-language.ts';
import { linkTo } from './link-to.ts';
import { filledText } from './organisation-text.ts';
import { framedPage, type PageLook } from './page-frame.ts';

/** What an unsubscribe link can come to, as its reader sees it. */
export type UnsubscribePage = 'open' | 'done' | 'invalid' | 'failed';

const pageStatus: Readonly<Record<UnsubscribePage, number>> = { open: 200, done: 200, invalid: 400, failed: 500 };

/** What of a stage's settings a page is made from. */
export interface UnsubscribePageSettings extends PageLook {
  unsubscribePages(): TextsByLanguage<UnsubscribeTexts>;
}

/**
 * A page behind an unsubscribe link, in the first of the languages that the stage has. If there is something to do, it has
 * one button, which posts to the very address of the page.
 */
export const unsubscribePageFrom =
  (settings: UnsubscribePageSettings, page: UnsubscribePage, languages: WantedLanguages = []) =>
  () => {
    const [texts, organisation] = [inLanguage(settings.unsubscribePages(), languages), settings.organisationName()];
    const text = (name: keyof UnsubscribeTexts) => filledText(texts[name], organisation);
    const button = `<form method="post"><button type="submit">${escapeHtml(text('openButton'))}</button></form>\n`;
    const content = `<p>${escapeHtml(text(`${page}Text`))}</p>\n${page === 'open' ? button : ''}`;
    const { language } = texts;
    return { status: pageStatus[page], ...framedPage(settings, { language, title: text(`${page}Title`), content }) };
  };

/** The address of an unsubscribe link. */
export const unsubscribeLink = (publicUrl: string, token: string): string =>
  linkTo(publicUrl, `/unsubscribe?t=${token}`);
