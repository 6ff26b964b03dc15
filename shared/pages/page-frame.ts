import { escapeHtml } from '#domain/messages/html.ts';

/** What stands in a page; `content` is HTML, everything else is text. */
export interface FramedPage {
  readonly language: string;
  readonly title: string;
  readonly organisation: string;
  readonly content: string;
}

/** The only style sheet of every page, as it stands in the page. */
export const pageStyles = [
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

/** A page behind a link of a message: one title and what belongs under it. It needs no script and loads nothing. */
export const framedPage = ({ language, title, organisation, content }: FramedPage): string => `<!doctype html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${escapeHtml(title)} – ${escapeHtml(organisation)}</title>
<style>${pageStyles}</style>
</head>
<body dir="auto">
<main>
<h1>${escapeHtml(title)}</h1>
${content}</main>
</body>
</html>
`;
