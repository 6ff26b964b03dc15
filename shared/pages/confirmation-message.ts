import { escapeHtml } from '#domain/messages/html.ts';
import type { MailMessage } from '#domain/subscriptions/ports.ts';
import type { MessageTexts } from '#names/confirmation-texts.ts';
import { buttonColours } from './colour.ts';
import { inLanguage, type TextsByLanguage } from './in-language.ts';
import { linkTo } from './link-to.ts';
import { filledText } from './organisation-text.ts';
import type { PageLook } from './page-frame.ts';

/** What a confirmation message is made of: nothing of it was typed into the form. */
interface ConfirmationMessage {
  readonly texts: MessageTexts;
  readonly organisation: string;
  readonly accentColour: string;
  /** Empty: none. */
  readonly logoUrl: string;
  /** The address that the button opens. */
  readonly link: string;
}

/** The message that asks for a confirmation (contract 6), as HTML and as plain text. */
const confirmationMessage = (message: ConfirmationMessage): Omit<MailMessage, 'to'> => {
  const { texts, organisation, link, accentColour, logoUrl } = message;
  const fill = (text: string) => filledText(text, organisation);
  const html = (text: string) => escapeHtml(fill(text));
  return {
    subject: fill(texts.subject).replace(/\s+/g, ' '),
    text: [fill(texts.text), fill(texts.link), link, fill(texts.footer), ''].join('\n\n'),
    html: `<!doctype html>
<html lang="${escapeHtml(texts.language)}">
<head><meta charset="utf-8"><title>${html(texts.subject)}</title></head>
<body dir="auto" style="margin:0;padding:24px;font-family:Arial,sans-serif;font-size:16px;line-height:1.5;color:#1a1a1a;background:#ffffff">
${logoUrl === '' ? '' : logoOf(logoUrl, organisation)}<p>${html(texts.text)}</p>
<p><a href="${escapeHtml(link)}" style="${buttonStyle(accentColour)}">${html(texts.button)}</a></p>
<p style="${smallPrint}">${html(texts.link)}<br><a href="${escapeHtml(link)}">${escapeHtml(link)}</a></p>
<p style="${smallPrint}">${html(texts.footer)}</p>
</body>
</html>
`,
  };
};

/** What of a stage's settings a confirmation message is made from. */
export interface MessageSettings extends PageLook {
  publicUrl(): string;
  confirmationMessage(): TextsByLanguage<MessageTexts>;
  redirectUrls(): Readonly<Record<string, string>>;
}

/**
 * The message of a stage around a link, in the language of its reader if the stage has it. A form type is named in it only
 * if the stage knows its thank-you page.
 */
export const messageFrom =
  (settings: MessageSettings) =>
  (
    token: string,
    { formType, languageCode }: { readonly formType?: string; readonly languageCode?: string } = {},
  ): Omit<MailMessage, 'to'> => {
    const form = formType !== undefined && Object.hasOwn(settings.redirectUrls(), formType) ? formType : undefined;
    return confirmationMessage({
      texts: inLanguage(settings.confirmationMessage(), [languageCode]),
      organisation: settings.organisationName(),
      accentColour: settings.accentColour(),
      logoUrl: settings.logoUrl(),
      link: confirmationLink(settings.publicUrl(), token, form),
    });
  };

/** The address of a confirmation link; `form` names the form whose thank-you page comes afterwards. */
export const confirmationLink = (url: string, token: string, form?: string): string =>
  linkTo(url, `/confirm?${form === undefined ? '' : `form=${encodeURIComponent(form)}&`}t=${token}`);

/** A mail program may show no image: then the name stands there. */
const logoOf = (url: string, organisation: string): string =>
  `<p><img src="${escapeHtml(url)}" alt="${escapeHtml(organisation)}" height="56" style="display:block;height:56px;max-width:100%;object-fit:contain;object-position:left;border:0"></p>\n`;

const buttonStyle = (accentColour: string): string => {
  const { background, text, edgeOnLight } = buttonColours(accentColour);
  return `display:inline-block;padding:12px 24px;border:1px solid ${edgeOnLight};border-radius:6px;background:${background};color:${text};text-decoration:none`;
};
const smallPrint = 'font-size:14px;color:#4a4a4a;overflow-wrap:anywhere';
