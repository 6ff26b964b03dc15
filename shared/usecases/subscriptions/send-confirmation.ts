import type { Ambient } from '#domain/ambient.ts';
import type { ContactStore } from '#domain/contacts/ports.ts';
import { hoursAfter, hoursBetweenMessages, noConfirmationOf } from '#domain/subscriptions/confirmation.ts';
import { addressHashOf } from '#domain/subscriptions/confirmation-token.ts';
import type { ConfirmationMails, SuppressionStore } from '#domain/subscriptions/ports.ts';
import { type AskPorts, askForConfirmation } from './ask-for-confirmation.ts';

export interface SendConfirmationPorts extends AskPorts, Pick<Ambient, 'newId'> {
  readonly contacts: Pick<ContactStore, 'readContacts'>;
  readonly suppressions: Pick<SuppressionStore, 'find'>;
  readonly confirmationMails: ConfirmationMails;
}

/** A subscription that was published on the bus. */
export interface PublishedSubscription {
  readonly contactId: number;
  /** The address that was sent; absent if only a phone number or a token was. */
  readonly email?: string;
  readonly formType?: string;
}

/** How long one attempt may hold an address: longer than its function runs, shorter than its message stays away. */
const holdHours = 1 / 60;

/**
 * Asks a subscriber to confirm the address, once in 72 hours whatever forms it is typed into (contract 6). An attempt
 * holds the address while it sends: if it crashes on the way, it lets go after a minute, and its message comes again.
 * @throws Error if another attempt holds the address: whether it succeeds is not known yet.
 */
export const sendConfirmation = async (
  ports: SendConfirmationPorts,
  { contactId, email, formType }: PublishedSubscription,
): Promise<'sent' | 'sent lately' | 'nothing to confirm'> => {
  if (email === undefined || !(await isToBeAsked(ports, contactId, email))) return 'nothing to confirm';
  const addressHash = await addressHashOf(ports.signer, email);
  const [attemptId, now] = [ports.newId(), ports.now()];
  const verdict = await ports.confirmationMails.begin(addressHash, {
    attemptId,
    now,
    until: hoursAfter(now, holdHours),
    enoughSince: hoursAfter(now, -hoursBetweenMessages),
  });
  if (verdict === 'busy') throw new Error('Another attempt is sending to this address');
  if (verdict === 'sent') return 'sent lately';
  try {
    await askForConfirmation(ports, { contactId, email, addressHash, ...(formType !== undefined && { formType }) });
  } catch (error) {
    await ports.confirmationMails.abandon(addressHash, attemptId);
    throw error;
  }
  await ports.confirmationMails.noteSent(addressHash, ports.now());
  return 'sent';
};

const isToBeAsked = async (ports: SendConfirmationPorts, contactId: number, email: string): Promise<boolean> => {
  const [{ contacts }, suppressed] = await Promise.all([
    ports.contacts.readContacts([contactId], []),
    ports.suppressions.find([email]),
  ]);
  const contact = contacts.find((one) => one.state === 'active' && one.email === email);
  return contact !== undefined && noConfirmationOf(contact, suppressed[0]?.reason) === undefined;
};
