/** A section of the runbook: its heading, its paragraphs and its commands. */
export interface RunbookSection {
  readonly title: string;
  readonly blocks: readonly { readonly isCode: boolean; readonly text: string }[];
}

/** The section of an anchor; `undefined` if there is none. Emphasis is left out, and a paragraph is one line. */
export const sectionOf = (runbook: string, anchor: string): RunbookSection | undefined => {
  const found = runbook
    .split(/^## /m)
    .slice(1)
    .find((section) => anchorOf(titleOf(section)) === anchor);
  if (found === undefined) return undefined;
  const body = found.slice(titleOf(found).length);
  const blocks = body.split(/^```\w*\n/m).flatMap((part, index) => (index % 2 === 1 ? code(part) : paragraphs(part)));
  return { title: titleOf(found), blocks };
};

const titleOf = (section: string): string => section.split('\n', 1)[0] ?? '';

const anchorOf = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^\w\s-]/g, '')
    .replaceAll(' ', '-');

const code = (text: string) => [{ isCode: true, text: text.trimEnd() }];

const paragraphs = (text: string) =>
  text
    .split(/\n\n+/)
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map((one) => ({ isCode: false, text: plain(one) }));

/** Lines of a list stay apart; the others are one. */
const plain = (paragraph: string): string =>
  paragraph
    .replaceAll(/\n(?![-*|] |\d+\. )/g, ' ')
    .replaceAll(/\*\*([^*]+)\*\*/g, '$1')
    .replaceAll(/(^|\s)\*([^*]+)\*/g, '$1$2')
    .replaceAll(/\[([^\]]+)\]\([^)]*\)/g, '$1');
