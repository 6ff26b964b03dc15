import type { Ambient } from '#domain/ambient.ts';
import type { ContactStore } from '#domain/contacts/ports.ts';
import type { ApiKeyStore } from '#domain/keys/ports.ts';
import { enoughSince, hoursAfter, noConfirmationOf } from '#domain/subscriptions/confirmation.ts';
import { addressHashOf } from '#domain/subscriptions/confirmation-token.ts';
import type { ConfirmationMails, Proposals, SuppressionStore } from '#domain/subscriptions/ports.ts';
import { mailboxOf } from '#domain/subscriptions/sources.ts';
import type { Suppression } from '#domain/subscriptions/suppression.ts';
import { type Asked, type AskPorts, askForConfirmation } from './ask-for-confirmation.ts';

export interface SendConfirmationPorts extends AskPorts, Pick<Ambient, 'newId'> {
  readonly contacts: Pick<ContactStore, 'readContacts'>;
  readonly suppressions: Pick<SuppressionStore, 'find'>;
  readonly confirmationMails: Pick<ConfirmationMails, 'begin' | 'abandon' | 'noteSent'>;
  readonly proposals: Pick<Proposals, 'find'>;
  readonly apiKeys: Pick<ApiKeyStore, 'countUse'>;
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
 * Asks a subscriber to confirm the address, once in 72 hours whatever forms it is typed into (contract 6), or at once who had
 * unsubscribed since the last message. An attempt
 * holds the address while it sends: if it crashes on the way, it lets go after a minute, and its message comes again.
 * @throws Error if another attempt holds the address: whether it succeeds is not known yet.
 */
export const sendConfirmation = async (
  ports: SendConfirmationPorts,
  { contactId, email, formType }: PublishedSubscription,
): Promise<'sent' | 'sent lately' | 'nothing to confirm'> => {
  if (email === undefined) return 'nothing to confirm';
  const addressHash = await addressHashOf(ports.signer, email);
  const found = await findToBeAsked(ports, { contactId, email, addressHash });
  if (!found) return 'nothing to confirm';
  const [attemptId, now] = [ports.newId(), ports.now()];
  const verdict = await ports.confirmationMails.begin(addressHash, {
    attemptId,
    now,
    until: hoursAfter(now, holdHours),
    enoughSince: enoughSince(now, found.suppression),
  });
  if (verdict === 'busy') throw new Error('Another attempt is sending to this address');
  if (verdict === 'sent') return 'sent lately';
  if (await isFlooded(ports, { email, addressHash, suppression: found.suppression }, now)) {
    await ports.confirmationMails.abandon(addressHash, attemptId);
    return 'sent lately';
  }
  try {
    await askForConfirmation(ports, {
      ...{ contactId, email, addressHash },
      ...(formType !== undefined && { formType }),
      ...(found.languageCode !== undefined && { languageCode: found.languageCode }),
    });
  } catch (error) {
    await ports.confirmationMails.abandon(addressHash, attemptId);
    throw error;
  }
  await ports.confirmationMails.noteSent(addressHash, ports.now());
  return 'sent';
};

/** Addresses of one mailbox that are asked in a day, beside the one that it goes by. */
const aliasesADay = 10;

/** Messages in a day to an address that is unsubscribed, as none of them has to wait for 72 hours. */
const repeatsADay = 5;

/**
 * Whether somebody makes up address after address of one mailbox, so that each would get a message, or subscribes again and
 * again who had unsubscribed.
 */
const isFlooded = async (
  { apiKeys, signer }: SendConfirmationPorts,
  { email, addressHash, suppression }: Pick<Asked, 'email' | 'addressHash'> & Pick<Subscriber, 'suppression'>,
  now: string,
): Promise<boolean> => {
  const day = now.slice(0, 'yyyy-mm-dd'.length);
  const isOver = async (hash: string, most: number) => (await apiKeys.countUse(hash, day)) > most;
  if (suppression?.reason === 'unsubscribed' && (await isOver(addressHash, repeatsADay))) return true;
  const mailbox = mailboxOf(email);
  return mailbox !== email && isOver(await addressHashOf(signer, mailbox), aliasesADay);
};

/** Somebody who is to be asked. */
interface Subscriber {
  readonly suppression?: Suppression | undefined;
  readonly languageCode?: string | undefined;
}

/** Whom there is anything to ask: to confirm the address itself, or what a form proposed about a known person. */
const findToBeAsked = async (
  ports: SendConfirmationPorts,
  { contactId, email, addressHash }: Asked,
): Promise<Subscriber | undefined> => {
  const [{ contacts }, [suppression], proposal] = await Promise.all([
    ports.contacts.readContacts([contactId], []),
    ports.suppressions.find([email]),
    ports.proposals.find({ contactId, addressHash }),
  ]);
  const contact = contacts.find((one) => one.state !== 'erased' && one.email === email);
  if (!contact) return undefined;
  const isUnconfirmed = contact.state === 'active' && noConfirmationOf(contact, suppression?.reason) === undefined;
  const isHeard = suppression === undefined || suppression.reason === 'unsubscribed';
  const isProposed = proposal !== undefined && isHeard && (contact.state === 'active' || proposal.restores);
  return isUnconfirmed || isProposed ? { suppression, languageCode: contact.languageCode } : undefined;
};
