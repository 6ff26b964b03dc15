import { type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { withRetry } from '../clients/retry.ts';

/** One e-mail to one address; it has `html`, `text` or both. */
export interface Email {
  readonly from: { readonly name: string; readonly address: string };
  readonly to: string;
  /** Who is answered, if not whom it is from. */
  readonly replyTo?: string;
  readonly subject: string;
  readonly html?: string;
  readonly text?: string;
  /** The configuration set of Amazon SES that it is counted under. */
  readonly configurationSet: string;
  /** Headers of its own, in printable ASCII, with values of at most 870 characters (an Amazon SES limit). */
  readonly headers?: Readonly<Record<string, string>>;
  /** What Amazon SES is to say of it in its events. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Sends an e-mail through Amazon SES, in UTF-8, marked so that no holiday notice answers it. */
export const sendEmail = async (client: SESv2Client, email: Email): Promise<void> => {
  const { from, to, replyTo, subject, html, text, configurationSet, headers = {}, tags = {} } = email;
  const command = new SendEmailCommand({
    FromEmailAddress: `${displayName(from.name)} <${from.address}>`,
    ConfigurationSetName: configurationSet,
    EmailTags: Object.entries(tags).map(([Name, Value]) => ({ Name, Value })),
    Destination: { ToAddresses: [to] },
    ...(replyTo !== undefined && { ReplyToAddresses: [replyTo] }),
    Content: {
      Simple: {
        Subject: utf8(subject),
        Body: {
          ...(html !== undefined && { Html: utf8(html) }),
          ...(text !== undefined && { Text: utf8(text) }),
        },
        Headers: Object.entries({ 'Auto-Submitted': 'auto-generated', ...headers }).map(([Name, Value]) => ({
          Name,
          Value,
        })),
      },
    },
  });
  await withRetry(() => client.send(command));
};

const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });

/** The letters of one encoded word of a header, in UTF-8 bytes: RFC 2047 allows 75 characters of it in all. */
const bytesPerWord = 45;

/** A name as a header carries it: quoted, or in encoded words if it is not ASCII (RFC 2047). */
const displayName = (name: string): string => {
  if (/^[\x20-\x7e]*$/.test(name)) return `"${name.replace(/["\\]/g, '\\$&')}"`;
  const words = [''];
  for (const character of name) {
    const word = `${words.at(-1)}${character}`;
    if (Buffer.byteLength(word) > bytesPerWord) words.push(character);
    else words[words.length - 1] = word;
  }
  return words.map((word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`).join(' ');
};
