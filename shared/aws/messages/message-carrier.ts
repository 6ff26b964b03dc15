import {
  ConflictException,
  PinpointSMSVoiceV2Client,
  SendTextMessageCommand,
  ValidationException,
} from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { BadRequestException, SESv2Client } from '@aws-sdk/client-sesv2';
import type { CarrierRefusal, MessageCarrier, OutgoingMessage } from '#domain/messages/ports.ts';
import { json, variable } from '#shared/environment.ts';
import { clientSettings, lazily } from '../clients/connect.ts';
import { refused, withRetry } from '../clients/retry.ts';
import { sendEmail } from './send-email.ts';

/** Who messages come from that say nothing else. */
export interface CarrierSettings {
  readonly name: string;
  /** Absent if the stage has no address that e-mails come from. */
  readonly address: string | undefined;
  /** The configuration set of Amazon SES, which also distinguishes this stage's SMS from others. */
  readonly configurationSet: string;
  readonly smsSender: string | undefined;
}

/** The clients that messages go through. */
export interface CarrierClients {
  readonly ses: SESv2Client;
  readonly sms: PinpointSMSVoiceV2Client;
}

/**
 * E-mails through Amazon SES and SMS through AWS End User Messaging, each with its `requestId`, which comes back in the
 * reports about it. A refusal for its address alone is final; anything else is for an engineer to fix.
 */
export const messageCarrierOn = (clients: CarrierClients, settings: CarrierSettings): MessageCarrier => ({
  send: async (message) => {
    try {
      if (message.channel === 'email') await carryEmail(clients.ses, settings, message);
      else await carrySms(clients.sms, settings, message);
      return 'accepted';
    } catch (error) {
      const refusal = refusalIn(error instanceof Error ? error.cause : undefined);
      if (refusal === undefined) throw error;
      return refusal;
    }
  },
});

const senderAddresses = /* @__PURE__ */ json<readonly string[]>('senderAddresses');
const smsSenders = /* @__PURE__ */ json<readonly string[]>('smsSenders');
const organisationName = /* @__PURE__ */ variable('organisationName');
const configurationSet = /* @__PURE__ */ variable('configurationSet');

/** The carrier of this stage. */
export const messageCarrier: MessageCarrier = /* @__PURE__ */ lazily(() => {
  const [address] = senderAddresses();
  const [smsSender] = smsSenders();
  return messageCarrierOn(
    { ses: new SESv2Client(clientSettings), sms: new PinpointSMSVoiceV2Client(clientSettings) },
    {
      name: organisationName(),
      address,
      configurationSet: configurationSet(),
      smsSender,
    },
  );
});

type Outgoing<Channel extends OutgoingMessage['channel']> = Extract<OutgoingMessage, { readonly channel: Channel }>;

const carryEmail = (
  client: SESv2Client,
  { name, address, configurationSet }: CarrierSettings,
  { requestId, to, from, subject, html, text, unsubscribeLink }: Outgoing<'email'>,
): Promise<void> => {
  const sender = from.address ?? address;
  if (sender === undefined) throw refused(new Error('The stage has no senderAddress any more'));
  return sendEmail(client, {
    from: { name: from.name || name, address: sender },
    to,
    ...(from.replyTo !== undefined && { replyTo: from.replyTo }),
    subject,
    ...(html !== undefined && { html }),
    ...(text !== undefined && { text }),
    configurationSet,
    ...(unsubscribeLink !== undefined && { headers: oneClickHeaders(unsubscribeLink) }),
    tags: { requestId },
  });
};

/** What a mailbox provider shows its own unsubscribe button by, and posts when that is pressed (RFC 8058). */
const oneClickHeaders = (link: string): Readonly<Record<string, string>> => ({
  'List-Unsubscribe': `<${link}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
});

const carrySms = async (
  client: PinpointSMSVoiceV2Client,
  { configurationSet, smsSender }: CarrierSettings,
  { requestId, to, from = smsSender, text }: Outgoing<'sms'>,
): Promise<void> => {
  const command = new SendTextMessageCommand({
    DestinationPhoneNumber: `+${to}`,
    ...(from !== undefined && { OriginationIdentity: from }),
    MessageBody: text,
    MessageType: 'TRANSACTIONAL',
    Context: { sender: configurationSet, requestId },
  });
  await withRetry(() => client.send(command));
};

/** Why a service will never take a message to this address; `undefined` if that is not what it says. */
const refusalIn = (cause: unknown): CarrierRefusal | undefined => {
  if (cause instanceof BadRequestException) return { refused: 'Amazon SES refused the message as malformed' };
  if (!(cause instanceof ValidationException) && !(cause instanceof ConflictException)) return undefined;
  const isAboutAddress =
    lastingReasons.has(cause.Reason ?? '') ||
    (cause instanceof ValidationException && cause.Fields?.some(({ Name }) => addressed.has(Name ?? '')));
  if (cause.Reason === optedOut) return { refused: 'The phone number has answered STOP', hasStopped: true };
  return isAboutAddress
    ? { refused: `AWS End User Messaging refused the message: ${cause.Reason ?? cause.name}` }
    : undefined;
};

const addressed: ReadonlySet<string> = new Set(['DestinationPhoneNumber', 'MessageBody']);

/** The number is on the opt-out list of the sender, where AWS puts numbers that answer STOP. */
const optedOut = 'DESTINATION_PHONE_NUMBER_OPTED_OUT';

const lastingReasons: ReadonlySet<string> = new Set([
  'COUNTRY_NOT_ENABLED',
  'DESTINATION_COUNTRY_BLOCKED',
  'DESTINATION_COUNTRY_BLOCKED_BY_PROTECT_CONFIGURATION',
  'DESTINATION_PHONE_NUMBER_BLOCKED_BY_PROTECT_NUMBER_OVERRIDE',
  optedOut,
]);
