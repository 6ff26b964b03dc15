import { escapeHtml } from '#domain/messages/html.ts';
import type { MailMessage } from '#domain/subscriptions/ports.ts';
import type { MessageTexts } from '#names/confirmation-texts.ts';
import { linkTo } from './link-to.ts';
import { filledText } from './organisation-text.ts';

/** What a confirmation message is made of: nothing of it was typed into the form. */
export interface ConfirmationMessage {
  readonly texts: MessageTexts;
  readonly organisation: string;
  /** The address that the button opens. */
  readonly link: string;
}

/** The message that asks for a confirmation (contract 6), as HTML and as plain text. */
export const confirmationMessage = ({ texts, organisation, link }: ConfirmationMessage): Omit<MailMessage, 'to'> => {
  const fill = (text: string) => filledText(text, organisation);
  const html = (text: string) => escapeHtml(fill(text));
  return {
    subject: fill(texts.subject).replace(/\s+/g, ' '),
    text: [fill(texts.text), fill(texts.link), link, fill(texts.footer), ''].join('\n\n'),
    html: `<!doctype html>
<html lang="${escapeHtml(texts.language)}">
<head><meta charset="utf-8"><title>${html(texts.subject)}</title></head>
<body dir="auto" style="margin:0;padding:24px;font-family:Arial,sans-serif;font-size:16px;line-height:1.5;color:#1a1a1a">
<p>${html(texts.text)}</p>
<p><a href="${escapeHtml(link)}" style="${buttonStyle}">${html(texts.button)}</a></p>
<p style="${smallPrint}">${html(texts.link)}<br><a href="${escapeHtml(link)}">${escapeHtml(link)}</a></p>
<p style="${smallPrint}">${html(texts.footer)}</p>
</body>
</html>
`,
  };
};

/** What of a stage's settings a confirmation message is made from. */
export interface MessageSettings {
  publicUrl(): string;
  organisationName(): string;
  confirmationMessage(): MessageTexts;
  redirectUrls(): Readonly<Record<string, string>>;
}

/** The message of a stage around a link; a form type is named in it only if the stage knows its thank-you page. */
export const messageFrom =
  (settings: MessageSettings) =>
  (token: string, formType: string | undefined): Omit<MailMessage, 'to'> => {
    const form = formType !== undefined && Object.hasOwn(settings.redirectUrls(), formType) ? formType : undefined;
    const link = confirmationLink(settings.publicUrl(), token, form);
    return confirmationMessage({
      texts: settings.confirmationMessage(),
      organisation: settings.organisationName(),
      link,
    });
  };

/** The address of a confirmation link; `form` names the form whose thank-you page comes afterwards. */
export const confirmationLink = (url: string, token: string, form?: string): string =>
  linkTo(url, `/confirm?${form === undefined ? '' : `form=${encodeURIComponent(form)}&`}t=${token}`);

const buttonStyle =
  'display:inline-block;padding:12px 24px;border-radius:6px;background:#0b57d0;color:#ffffff;text-decoration:none';
const smallPrint = 'font-size:14px;color:#4a4a4a;overflow-wrap:anywhere';
