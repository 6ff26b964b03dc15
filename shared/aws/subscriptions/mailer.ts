import { SESv2Client } from '@aws-sdk/client-sesv2';
import type { Mailer } from '#domain/subscriptions/ports.ts';
import { json, variable } from '#shared/environment.ts';
import { clientSettings, lazily } from '../clients/connect.ts';
import { refused } from '../clients/retry.ts';
import { sendEmail } from '../messages/send-email.ts';

/** Who messages come from. */
export interface Sender {
  readonly name: string;
  readonly address: string;
  /** The configuration set of Amazon SES that messages are counted under. */
  readonly configurationSet: string;
}

/** Messages of the stage's own through Amazon SES. */
export const mailerOn = (client: SESv2Client, { configurationSet, ...from }: Sender): Mailer => ({
  send: (message) => sendEmail(client, { ...message, from, configurationSet }),
});

const senderAddresses = /* @__PURE__ */ json<readonly string[]>('senderAddresses');
const organisationName = /* @__PURE__ */ variable('organisationName');
const configurationSet = /* @__PURE__ */ variable('configurationSet');

/** The mailer of this stage. Throws INTERNAL if it has no address to send from. */
export const mailer: Mailer = /* @__PURE__ */ lazily(() => {
  const [address] = senderAddresses();
  if (address === undefined) throw refused(new Error('The stage has no senderAddress'));
  return mailerOn(new SESv2Client(clientSettings), {
    name: organisationName(),
    address,
    configurationSet: configurationSet(),
  });
});
