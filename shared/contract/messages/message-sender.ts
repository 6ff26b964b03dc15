import { RollcallError } from '#domain/error.ts';
import type { EmailSender } from '#domain/messages/message.ts';
import type { MessageChannels } from '#domain/messages/ports.ts';
import { inOneLine } from '#domain/messages/render-message.ts';
import { normaliseEmail } from '#identity/email.ts';
import { quoted } from '../contacts/reading.ts';

/** The longest name that messages come from, in characters. */
export const maxSenderNameLength = 100;

/**
 * Reads who a message is from: `Name <address>`, an address, or a name. An address must be one that the stage sends from,
 * as Amazon SES has verified no other; a stage with a single address sends from it, and answers go to the one that was asked
 * for.
 * @throws RollcallError INVALID_REQUEST, or NO_SENDER if the stage sends from none.
 */
export const parseSender = (text: string | undefined, senderAddresses: readonly string[]): EmailSender => {
  const line = inOneLine(text ?? '');
  const [, before, between] = /^(.*)<([^<>]*)>$/.exec(line) ?? [];
  const isAddress = between === undefined && line.includes('@');
  const address = between ?? (isAddress ? line : undefined);
  const name = senderName(before ?? (isAddress ? '' : line));
  return {
    ...(name !== '' && { name }),
    ...(address?.trim() && senderAddress(address, senderAddresses)),
  };
};

/**
 * A name that messages come from, without the quotes that headers put round it.
 * @throws RollcallError INVALID_REQUEST if it is too long.
 */
export const senderName = (text: string): string => {
  const name = inOneLine(text)
    .replace(/^"(.*)"$/, '$1')
    .replace(/\\(.)/g, '$1')
    .trim();
  if (name.length <= maxSenderNameLength) return name;
  throw new RollcallError('INVALID_REQUEST', `from must have a name of at most ${maxSenderNameLength} characters`);
};

const senderAddress = (text: string, senderAddresses: readonly string[]): Pick<EmailSender, 'address' | 'replyTo'> => {
  if (senderAddresses.length === 0) throw new RollcallError('NO_SENDER', noEmails);
  const address = normaliseEmail(text);
  const known = senderAddresses.find((one) => one.toLowerCase() === address);
  if (known !== undefined) return { address: known };
  if (address !== undefined && senderAddresses.length === 1) return { replyTo: address };
  throw new RollcallError(
    'INVALID_REQUEST',
    `from must have an address that messages are sent from here (${senderAddresses.join(', ')}), and ${quoted(text)} is none`,
  );
};

/**
 * Reads what an SMS is from, which must be a number or a name that the stage sends from. A stage that has none sends no
 * SMS, which each recipient's result says.
 * @throws RollcallError INVALID_REQUEST.
 */
export const parseSmsSender = (text: string | undefined, smsSenders: readonly string[]): string | undefined => {
  const from = text?.trim();
  if (!from || smsSenders.length === 0) return undefined;
  if (smsSenders.includes(from)) return from;
  throw new RollcallError(
    'INVALID_REQUEST',
    `from must be what SMS are sent from here (${smsSenders.join(', ')}), and ${quoted(from)} is not`,
  );
};

/** The channels of a stage: those for which its settings name something that messages come from. */
export const messageChannelsOf = (
  senders: () => { readonly senderAddresses: readonly string[]; readonly smsSenders: readonly string[] },
): MessageChannels => ({
  missing: (channel) => {
    const { senderAddresses, smsSenders } = senders();
    if (channel === 'sms') return smsSenders.length === 0 ? noSms : undefined;
    return senderAddresses.length === 0 ? noEmails : undefined;
  },
});

const noSms = 'No SMS can be sent yet: the setting smsSenders of this stage names nothing that they come from';
const noEmails = 'No e-mail can be sent yet: this stage has no senderAddress in its settings';
