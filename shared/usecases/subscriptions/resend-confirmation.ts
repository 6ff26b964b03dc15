import type { Contact } from '#domain/contacts/contact.ts';
import type { ContactStore } from '#domain/contacts/ports.ts';
import { RollcallError } from '#domain/error.ts';
import type { MessageChannels } from '#domain/messages/ports.ts';
import { type NoConfirmation, noConfirmationOf } from '#domain/subscriptions/confirmation.ts';
import { addressHashOf } from '#domain/subscriptions/confirmation-token.ts';
import type { ConfirmationMails, SuppressionStore } from '#domain/subscriptions/ports.ts';
import { requireSender } from '../messages/require-sender.ts';
import { type AskPorts, askForConfirmation } from './ask-for-confirmation.ts';

export interface ResendPorts extends AskPorts {
  readonly contacts: Pick<ContactStore, 'readContacts'>;
  readonly suppressions: Pick<SuppressionStore, 'find'>;
  readonly confirmationMails: Pick<ConfirmationMails, 'noteSent'>;
  /** Whether this stage asks subscribers to confirm their address. */
  readonly asksForConfirmation: boolean;
  readonly messageChannels: MessageChannels;
}

/**
 * Sends the confirmation message once more because a person asked for it, however lately the one before was sent.
 * @throws RollcallError NOT_FOUND, NOTHING_TO_CONFIRM if the contact must not or need not be
 * asked, or NO_SENDER if no e-mail can be sent yet.
 */
export const resendConfirmation = async (
  ports: ResendPorts,
  contactId: number,
): Promise<{ id: number; sentAt: string }> => {
  if (!ports.asksForConfirmation) {
    throw new RollcallError('NOTHING_TO_CONFIRM', 'Double opt-in is switched off: addresses are not asked to confirm');
  }
  requireSender(ports, 'email');
  const { contacts } = await ports.contacts.readContacts([contactId], []);
  const contact = contacts.find(({ state }) => state === 'active');
  if (!contact) throw new RollcallError('NOT_FOUND', `Contact with id='${contactId}' not found`);
  const email = await addressToAsk(ports, contact);
  const addressHash = await addressHashOf(ports.signer, email);
  const { languageCode } = contact;
  await askForConfirmation(ports, {
    ...{ contactId, email, addressHash },
    ...(languageCode !== undefined && { languageCode }),
  });
  const sentAt = ports.now();
  await ports.confirmationMails.noteSent(addressHash, sentAt);
  return { id: contactId, sentAt };
};

const reasons: Readonly<Record<NoConfirmation, string>> = {
  NO_EMAIL: 'has no e-mail address',
  BLACKLISTED: 'has a blacklisted e-mail address, which gets no message',
  CONFIRMED: 'has confirmed its e-mail address already',
};

const addressToAsk = async ({ suppressions }: ResendPorts, contact: Contact): Promise<string> => {
  const { id, email } = contact;
  const suppressed = email === undefined ? [] : await suppressions.find([email]);
  const none = noConfirmationOf(contact, suppressed[0]?.reason);
  if (email !== undefined && none === undefined) return email;
  throw new RollcallError('NOTHING_TO_CONFIRM', `Contact with id='${id}' ${reasons[none ?? 'NO_EMAIL']}`);
};
