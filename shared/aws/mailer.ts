import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import type { Mailer } from '#domain/confirmation-ports.ts';
import { environmentNames } from '#names/environment.ts';
import { clientSettings, fromEnvironment, lazily } from './connect.ts';
import { patiently } from './retry.ts';

/** Who messages come from. */
export interface Sender {
  readonly name: string;
  readonly address: string;
  /** The configuration set of Amazon SES that messages are counted under. */
  readonly configurationSet: string;
}

/** Messages through Amazon SES, in UTF-8, marked so that no holiday notice answers them. */
export const mailerOn = (client: SESv2Client, { name, address, configurationSet }: Sender): Mailer => ({
  send: async ({ to, subject, html, text }) => {
    await patiently(() =>
      client.send(
        new SendEmailCommand({
          FromEmailAddress: `${displayName(name)} <${address}>`,
          ConfigurationSetName: configurationSet,
          Destination: { ToAddresses: [to] },
          Content: {
            Simple: {
              Subject: utf8(subject),
              Body: { Html: utf8(html), Text: utf8(text) },
              Headers: [{ Name: 'Auto-Submitted', Value: 'auto-generated' }],
            },
          },
        }),
      ),
    );
  },
});

/** The mailer of this stage. */
export const mailer: Mailer = lazily(() =>
  mailerOn(new SESv2Client(clientSettings), {
    name: fromEnvironment(environmentNames.organisationName),
    address: fromEnvironment(environmentNames.senderAddress),
    configurationSet: fromEnvironment(environmentNames.configurationSet),
  }),
);

const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });

/** The letters of one encoded word of a header, in UTF-8 bytes: RFC 2047 allows 75 characters of it in all. */
const bytesPerWord = 45;

/** A name as a header carries it: quoted, or in encoded words where it is not ASCII (RFC 2047). */
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
