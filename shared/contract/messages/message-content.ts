import { RollcallError } from '#domain/error.ts';
import type { EmailContent, SmsContent } from '#domain/messages/message.ts';
import { parseSender, parseSmsSender } from './message-sender.ts';

/** Who this stage may send from. */
export interface SenderRule {
  readonly senderAddresses: readonly string[];
  readonly smsSenders: readonly string[];
}

/** What a message may say at most: an item of the table holds 400 kB, and an SMS 1,600 characters (AWS limits). */
export const messageLimits = { bodyBytes: 300_000, subjectLength: 500, smsLength: 1600 } as const;

/**
 * The content of an e-mail from its parts; a body that is blank is absent.
 * @throws RollcallError INVALID_REQUEST.
 */
export const emailContent = (
  { from, subject = '', html = '', text = '' }: Parts<'from' | 'subject' | 'html' | 'text'>,
  { senderAddresses }: SenderRule,
): EmailContent => {
  refuseWhere(subject.trim() === '', 'subject must have at least 1 characters');
  refuseWhere(subject.length > messageLimits.subjectLength, `subject ${atMost(messageLimits.subjectLength)}`);
  refuseWhere(html.trim() === '' && text.trim() === '', 'An e-mail must have HTML, plain text or both');
  const bytes = new TextEncoder().encode(`${html}${text}`).length;
  refuseWhere(
    bytes > messageLimits.bodyBytes,
    `The bodies must have at most ${messageLimits.bodyBytes} bytes together`,
  );
  return {
    channel: 'email',
    from: parseSender(from, senderAddresses),
    subject: subject.trim(),
    ...(html.trim() !== '' && { html }),
    ...(text.trim() !== '' && { text }),
  };
};

/**
 * The content of an SMS from its parts.
 * @throws RollcallError INVALID_REQUEST.
 */
export const smsContent = ({ from, text = '' }: Parts<'from' | 'text'>, { smsSenders }: SenderRule): SmsContent => {
  refuseWhere(text.trim() === '', 'text must have at least 1 characters');
  refuseWhere(text.length > messageLimits.smsLength, `text ${atMost(messageLimits.smsLength)}`);
  const sender = parseSmsSender(from, smsSenders);
  return { channel: 'sms', ...(sender !== undefined && { from: sender }), text };
};

type Parts<Name extends string> = { readonly [Part in Name]?: string | undefined };

const atMost = (characters: number): string => `must have at most ${characters} characters`;

const refuseWhere = (isRefused: boolean, message: string): void => {
  if (isRefused) throw new RollcallError('INVALID_REQUEST', message);
};
