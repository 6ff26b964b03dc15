import { escapeHtml } from '#domain/messages/html.ts';
import { backgrounds, buttonColours } from './colour.ts';

/** How mails and pages of a stage look, and whose they are. */
export interface PageLook {
  organisationName(): string;
  /** The colour of buttons, as `#rrggbb`. */
  accentColour(): string;
  /** The `https` address of an image; empty: none. */
  logoUrl(): string;
}

/** What stands in a page; `content` is HTML, everything else is text. */
export interface FramedPage {
  readonly language: string;
  readonly title: string;
  readonly content: string;
}

/**
 * A page behind a link of a message: the logo, one title and what belongs under it. It needs no script and loads nothing but
 * the logo; `styles` is its only style sheet.
 */
export const framedPage = (look: PageLook, { language, title, content }: FramedPage) => {
  const [styles, logo, organisation] = [
    stylesIn(look.accentColour()),
    look.logoUrl(),
    escapeHtml(look.organisationName()),
  ];
  const image = `<img class="logo" src="${escapeHtml(logo)}" alt="${organisation}">\n`;
  const html = `<!doctype html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${escapeHtml(title)} – ${organisation}</title>
<style>${styles}</style>
</head>
<body dir="auto">
<main>
${logo === '' ? '' : image}<h1>${escapeHtml(title)}</h1>
${content}</main>
</body>
</html>
`;
  return { html, styles, ...(logo !== '' && { imageSource: new URL(logo).origin }) };
};

const stylesIn = (accentColour: string): string => {
  const { background, text, edgeOnLight, edgeOnDark } = buttonColours(accentColour);
  return [
    ':root{color-scheme:light dark}',
    `body{margin:0;min-height:100vh;display:grid;place-items:center;font:1.125rem/1.5 system-ui,sans-serif;color:#1a1a1a;background:${backgrounds.light}}`,
    'main{box-sizing:border-box;width:min(32rem,100%);padding:2rem}',
    '.logo{display:block;box-sizing:border-box;max-width:100%;max-height:5rem;margin:0 0 1.5rem}',
    'h1{margin:0 0 1rem;font-size:1.75rem;line-height:1.2;overflow-wrap:anywhere}',
    'p{margin:0 0 1.5rem;overflow-wrap:anywhere}',
    `button{font:inherit;min-height:3rem;max-width:100%;padding:.5rem 1.5rem;border:2px solid ${edgeOnLight};border-radius:.5rem;background:${background};color:${text};cursor:pointer}`,
    'button:hover{text-decoration:underline}',
    'button:focus-visible{outline:3px solid #1a1a1a;outline-offset:3px}',
    // A dark logo would be lost on a dark page.
    `@media (prefers-color-scheme:dark){body{color:#f2f2f2;background:${backgrounds.dark}}.logo{padding:.5rem;border-radius:.5rem;background:#fff}button{border-color:${edgeOnDark}}button:focus-visible{outline-color:#fff}}`,
  ].join('');
};
