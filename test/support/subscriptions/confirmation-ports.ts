import type { Contact } from '#domain/contacts/contact.ts';
import type { Confirmation } from '#domain/subscriptions/confirmation.ts';
import { addressHashOf, confirmationToken } from '#domain/subscriptions/confirmation-token.ts';
import type { MailMessage } from '#domain/subscriptions/ports.ts';
import type { Suppression } from '#domain/subscriptions/suppression.ts';
import { contactOf } from '#test/support/contacts/contact-makers.ts';
import {
  type MailState,
  memoryConfirmationMails,
  memoryConfirmations,
  memoryMailer,
  memorySigner,
} from '#test/support/memory/memory-confirmations.ts';
import { memorySuppressions } from '#test/support/memory/memory-suppressions.ts';
import { type Memory, memoryPorts, type Step } from '#test/support/memory-ports.ts';

/** The time at which these tests begin. */
export const noon = '2026-01-05T12:00:00.000Z';

/** What double opt-in keeps in memory beside the rest. */
export const emptyConfirmationMemory = () => ({
  sent: [] as MailMessage[],
  mails: new Map<string, MailState>(),
  confirmations: new Map<string, Confirmation>(),
  suppressed: new Map<string, Suppression>(),
  clock: { now: noon },
});

type ConfirmationMemory = ReturnType<typeof emptyConfirmationMemory>;

/** Everything that double opt-in needs, in memory, at a time that only the test moves on. */
export const confirmationPorts = ({
  step = async () => {},
  memory,
  own = emptyConfirmationMemory(),
}: {
  step?: Step;
  memory?: Memory;
  own?: ConfirmationMemory;
} = {}) => ({
  ...memoryPorts({ step, ...(memory && { memory }) }),
  own,
  signer: memorySigner(),
  mailer: memoryMailer(own.sent, step),
  confirmationMails: memoryConfirmationMails(own.mails, step),
  confirmations: memoryConfirmations(own.confirmations, step),
  suppressions: memorySuppressions(own.suppressed, step),
  linkDays: 7,
  confirmedSegment: 'Subscribers',
  messageOf: (token: string, { formType = '', languageCode = '' }: { formType?: string; languageCode?: string }) => ({
    subject: `${formType}${languageCode && ` in ${languageCode}`}`,
    html: token,
    text: token,
  }),
  now: () => own.clock.now,
  asksForConfirmation: true,
});

/** All ports of double opt-in in memory. */
export type ConfirmationTestPorts = ReturnType<typeof confirmationPorts>;

/** A subscriber who has not confirmed yet, with whatever the test is about. */
export const subscriberOf = (about: Partial<Contact> = {}): Contact =>
  contactOf({ confirmed: false, source: 'SUBSCRIPTION', ...about });

/** Puts a contact into the memory of the ports. */
export const keep = async ({ contacts }: ConfirmationTestPorts, contact: Contact): Promise<void> => {
  await contacts.insertContacts([contact]);
};

/** The token of a link to a contact's address, issued at a time. */
export const tokenFor = async (
  { signer }: Pick<ConfirmationTestPorts, 'signer'>,
  { id, email = '' }: Contact,
  issuedAt = noon,
  expiresAt = '2026-01-12T12:00:00.000Z',
): Promise<string> =>
  confirmationToken(signer, { contactId: id, addressHash: await addressHashOf(signer, email), issuedAt, expiresAt });
