import { escapeHtml } from './html.ts';
import type { EmailSender, MessageContent, MessageParams } from './message.ts';

/** A message with its parameters filled in. */
export type RenderedMessage =
  | {
      readonly channel: 'email';
      readonly from: EmailSender;
      readonly subject: string;
      readonly html?: string;
      readonly text?: string;
    }
  | { readonly channel: 'sms'; readonly from?: string; readonly text: string };

/**
 * Fills parameters in: escaped in HTML, in one line in a subject or a sender's name, so that no value adds a header or
 * markup. What no parameter says becomes empty.
 */
export const renderMessage = (content: MessageContent, params: MessageParams): RenderedMessage => {
  const fill = (text: string) => fillText(text, params);
  if (content.channel === 'sms') return { ...content, text: fill(content.text) };
  const { name } = content.from;
  return {
    channel: 'email',
    from: { ...content.from, ...(name !== undefined && { name: inOneLine(fill(name)) }) },
    subject: inOneLine(fill(content.subject)),
    ...(content.html !== undefined && { html: fillText(content.html, params, escapeHtml) }),
    ...(content.text !== undefined && { text: fill(content.text) }),
  };
};

/**
 * A text with each `${name}` or `${name.member}` replaced by what the parameters say; by nothing if they say nothing.
 */
export const fillText = (
  text: string,
  params: MessageParams,
  encode: (value: string) => string = (value) => value,
): string =>
  text.replace(/\$\{\s*([\p{L}_][\p{L}\p{N}_-]*(?:\.[\p{L}\p{N}_-]+)*)\s*\}/gu, (_, path: string) =>
    encode(valueAt(params, path.split('.'))),
  );

/** A text without line breaks and other control characters: what a header may hold. */
export const inOneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();

const valueAt = (params: MessageParams, path: readonly string[]): string => {
  let value: unknown = params;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return '';
    value = (value as Record<string, unknown>)[name];
  }
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};
