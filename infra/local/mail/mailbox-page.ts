import type { GatewayAnswer } from '../api/gateway-answer.ts';

/** An e-mail or an SMS that the stack sent. */
export type MailboxItem = EmailItem | SmsItem;

interface EmailItem {
  readonly channel: 'email';
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly sentAt: string;
}

interface SmsItem {
  readonly channel: 'sms';
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly sentAt: string;
}

/** What a page of the mailbox shows. */
export interface MailboxView {
  readonly items: readonly MailboxItem[];
  /** The message that is opened. */
  readonly opened?: MailboxItem | undefined;
  /** Where older messages begin; absent: there are none. */
  readonly cursor?: string | undefined;
}

/** Where the mailbox is. */
export const mailboxPath = '/admin/v1/mailbox';

/**
 * The mailbox as a page for people. What a message says cannot run, ask for a password, leave its frame or be taken for the
 * page: the policy allows no script, form or frame of any kind, for the page and for the message in it.
 */
export const mailboxPage = ({ items, opened, cursor }: MailboxView): GatewayAnswer => ({
  status: 200,
  headers: {
    'content-type': 'text/html;charset=UTF-8',
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; img-src https: data:; form-action 'none'; base-uri 'self'; frame-ancestors 'none'",
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    vary: 'Accept',
  },
  body: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Mailbox of this machine</title>
<style>${styles}</style>
</head>
<body>
<header><h1><a href="${mailboxPath}">Mailbox</a></h1><p>What the stack sent, the newest first. Nobody received it. Reload to see more.</p></header>
${opened ? messageOf(opened) : ''}${listOf(items, opened)}
${cursor === undefined ? '' : `<p class="more"><a href="${mailboxPath}?cursor=${encodeURIComponent(cursor)}">Older messages</a></p>\n`}</body>
</html>
`,
});

const styles = [
  ':root{color-scheme:light dark;--line:#8884;--muted:#595959;--link:#0b57d0}',
  '@media (prefers-color-scheme:dark){:root{--muted:#b0b0b0;--link:#8ab4f8}}',
  'body{margin:0 auto;max-width:72rem;padding:1rem;font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}',
  'a{color:var(--link)}h1{margin:0;font-size:1.5rem}h2{margin:0 0 .5rem;font-size:1.25rem}header p,time,.kind{color:var(--muted)}header p{margin:0 0 1rem}',
  'ol{list-style:none;margin:0;padding:0;border-top:1px solid var(--line)}li{border-bottom:1px solid var(--line)}',
  'li a{display:grid;grid-template-columns:minmax(0,16rem) minmax(0,1fr) auto;gap:.25rem 1rem;padding:.6rem .25rem;color:inherit;text-decoration:none}',
  'li a:hover,li a[aria-current]{background:#8882}li b{font-weight:600}',
  '@media (max-width:40rem){li a{grid-template-columns:1fr}}',
  'article{margin:0 0 1.5rem;padding:1rem;border:1px solid var(--line);border-radius:.5rem}',
  'dl{display:grid;grid-template-columns:auto minmax(0,1fr);gap:.1rem 1rem;margin:0 0 1rem}dt{color:var(--muted)}dd{margin:0}',
  '@media (max-width:40rem){dl{grid-template-columns:1fr}dd{margin:0 0 .4rem}}',
  'iframe{box-sizing:border-box;width:100%;height:65vh;border:1px solid var(--line);border-radius:.25rem;background:#fff;color-scheme:light}',
  'pre{white-space:pre-wrap;font:inherit;margin:0}summary{cursor:pointer;padding:.5rem 0}',
].join('');

const listOf = (items: readonly MailboxItem[], opened: MailboxItem | undefined): string => {
  if (items.length === 0) return '<p>There is no message.</p>';
  const rows = items.map((item) => {
    const about = item.channel === 'email' ? item.subject : item.text;
    const current = item.id === opened?.id ? ' aria-current="true"' : '';
    return `<li><a href="${mailboxPath}?message=${encodeURIComponent(item.id)}"${current}><span>${escaped(item.to)}</span><span><span class="kind">${item.channel === 'sms' ? 'SMS' : 'E-mail'}</span> <b>${escaped(shortened(about))}</b></span><time>${escaped(item.sentAt)}</time></a></li>`;
  });
  return `<ol>\n${rows.join('\n')}\n</ol>`;
};

const messageOf = (item: MailboxItem): string => {
  const title = item.channel === 'email' ? item.subject : 'SMS';
  const shown = {
    From: readable(item.from),
    To: item.to,
    Sent: item.sentAt,
    ...(item.channel === 'email' && item.headers),
  };
  const facts = Object.entries(shown).map(([name, value]) => `<dt>${escaped(name)}</dt><dd>${linked(value)}</dd>`);
  const html = item.channel === 'email' && item.html !== '' ? frameOf(item.html) : '';
  const text = item.text === '' ? '' : `<pre>${linked(item.text)}</pre>`;
  const both = html && text ? `${html}<details><summary>As plain text</summary>${text}</details>` : html || text;
  return `<article>\n<h2>${escaped(title)}</h2>\n<dl>${facts.join('')}</dl>\n${both}\n</article>\n`;
};

/** Links of a message open in a tab of their own, which is nothing of the frame any more. */
const frameOf = (html: string): string =>
  `<iframe title="The message" sandbox="allow-popups allow-popups-to-escape-sandbox" referrerpolicy="no-referrer" srcdoc="${escaped(`<base target="_blank">${html}`)}"></iframe>`;

/** Text with the addresses in it as links. */
const linked = (text: string): string =>
  text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((part, index) =>
      index % 2 === 0
        ? escaped(part)
        : `<a href="${escaped(part)}" target="_blank" rel="noopener noreferrer">${escaped(part)}</a>`,
    )
    .join('');

/** A sender's name out of its encoded words (RFC 2047). */
const readable = (from: string): string =>
  from
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?UTF-8\?B\?([A-Za-z0-9+/=]*)\?=/gi, (_, word: string) => Buffer.from(word, 'base64').toString());

const shortened = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)}…` : text);

const escaped = (text: string): string => text.replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
