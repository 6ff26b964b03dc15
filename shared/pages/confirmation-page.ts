import { escapeHtml } from '#domain/messages/html.ts';
import type { KeptProposal } from '#domain/subscriptions/proposal.ts';
import type { PageTexts } from '#names/confirmation-texts.ts';
import { inLanguage, type TextsByLanguage, type WantedLanguages } from './in-language.ts';
import { filledText } from './organisation-text.ts';
import { framedPage, type PageLook } from './page-frame.ts';

/** The member of what the page's button posts that names the details that the page showed. */
export const shownField = 'shown';

/** What a confirmation link can come to, as its reader sees it. */
export type ConfirmationPage = 'open' | 'confirmed' | 'expired' | 'invalid' | 'gone' | 'failed';

const pageStatus: Readonly<Record<ConfirmationPage, number>> = {
  open: 200,
  confirmed: 200,
  expired: 410,
  invalid: 400,
  gone: 404,
  failed: 500,
};

/** What of a stage's settings a page is made from. */
export interface PageSettings extends PageLook {
  confirmationPages(): TextsByLanguage<PageTexts>;
}

/** What a link came to, and what forms proposed that its button would change. */
export interface PageView {
  readonly state: ConfirmationPage;
  readonly proposal?: KeptProposal;
}

/** Who reads a page, and where its button leads in the end. */
export interface PageReader {
  readonly languages?: WantedLanguages;
  readonly redirectUrl?: string | undefined;
}

/**
 * A page of a stage behind a confirmation link: one title, one sentence, and if there is something to confirm one button,
 * which posts to the very address of the page. It may lead on to another site in the end.
 */
export const pageFrom =
  (settings: PageSettings, { state: page, proposal }: PageView, { languages = [], redirectUrl }: PageReader = {}) =>
  () => {
    const [texts, organisation] = [inLanguage(settings.confirmationPages(), languages), settings.organisationName()];
    const html = (text: string) => escapeHtml(filledText(text, organisation));
    const button = `<form method="post">${shownIn(proposal)}<button type="submit">${html(texts.openButton)}</button></form>\n`;
    const open = `${detailsOf(proposal, html(texts.openDetails))}${button}`;
    const content = `<p>${html(texts[`${page}Text`])}</p>\n${page === 'open' ? open : ''}`;
    const title = filledText(texts[`${page}Title`], organisation);
    return {
      status: pageStatus[page],
      ...framedPage(settings, { language: texts.language, title, content }),
      ...(page === 'open' && redirectUrl !== undefined && { formTarget: new URL(redirectUrl).origin }),
    };
  };

/** The longest detail that the page shows, in characters. */
const maxDetailLength = 100;

/** What somebody typed into a form about the reader, so that nobody confirms it unseen. */
const detailsOf = (proposal: KeptProposal | undefined, title: string): string => {
  const values = Object.values(proposal?.members ?? {}).flatMap((value) => value ?? []);
  if (values.length === 0) return '';
  const items = values.map((value) => `<li>${escapeHtml(shortened(value))}</li>`);
  return `<p>${title}</p>\n<ul>${items.join('')}</ul>\n`;
};

const shownIn = (proposal: KeptProposal | undefined): string =>
  proposal ? `<input type="hidden" name="${shownField}" value="${escapeHtml(proposal.revision)}">` : '';

const shortened = (value: string): string =>
  [...value].length > maxDetailLength ? `${[...value].slice(0, maxDetailLength).join('')}…` : value;
