import { escapeHtml } from '#domain/messages/html.ts';
import type { KeptProposal } from '#domain/subscriptions/proposal.ts';
import type { PageTexts } from '#names/confirmation-texts.ts';
import { filledText } from './organisation-text.ts';

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
export interface PageSettings {
  organisationName(): string;
  confirmationPages(): PageTexts;
}

/** What a link came to, and what forms proposed that its button would change. */
export interface PageView {
  readonly state: ConfirmationPage;
  readonly proposal?: KeptProposal;
}

/** A page of a stage behind a confirmation link, whose button may lead on to another site in the end. */
export const pageFrom = (settings: PageSettings, view: PageView, redirectUrl?: string) => () => ({
  status: pageStatus[view.state],
  html: confirmationPage(view, settings),
  styles: pageStyles,
  ...(view.state === 'open' && redirectUrl !== undefined && { formTarget: new URL(redirectUrl).origin }),
});

const pageStyles = [
  ':root{color-scheme:light dark}',
  'body{margin:0;min-height:100vh;display:grid;place-items:center;font:1.125rem/1.5 system-ui,sans-serif;color:#1a1a1a;background:#f4f5f7}',
  'main{box-sizing:border-box;width:min(32rem,100%);padding:2rem}',
  'h1{margin:0 0 1rem;font-size:1.75rem;line-height:1.2}',
  'p{margin:0 0 1.5rem;overflow-wrap:anywhere}',
  'button{font:inherit;min-height:3rem;padding:.5rem 1.5rem;border:2px solid #0b57d0;border-radius:.5rem;background:#0b57d0;color:#fff;cursor:pointer}',
  'button:hover{background:#0842a0}',
  'button:focus-visible{outline:3px solid #1a1a1a;outline-offset:3px}',
  '@media (prefers-color-scheme:dark){body{color:#f2f2f2;background:#16181c}button:focus-visible{outline-color:#fff}}',
].join('');

/**
 * A page behind a confirmation link: one title, one sentence, and if there is something to confirm one button, which
 * posts to the very address of the page. It needs no script and loads nothing.
 */
const confirmationPage = ({ state: page, proposal }: PageView, settings: PageSettings): string => {
  const [texts, organisation] = [settings.confirmationPages(), settings.organisationName()];
  const html = (text: string) => escapeHtml(filledText(text, organisation));
  const title = html(texts[`${page}Title`]);
  return `<!doctype html>
<html lang="${escapeHtml(texts.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${title} – ${escapeHtml(organisation)}</title>
<style>${pageStyles}</style>
</head>
<body dir="auto">
<main>
<h1>${title}</h1>
<p>${html(texts[`${page}Text`])}</p>
${page === 'open' ? `${detailsOf(proposal, html(texts.openDetails))}<form method="post">${shownIn(proposal)}<button type="submit">${html(texts.openButton)}</button></form>\n` : ''}</main>
</body>
</html>
`;
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
