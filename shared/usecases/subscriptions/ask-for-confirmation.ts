import type { Ambient } from '#domain/ambient.ts';
import { dayOf } from '#domain/counts/count-job.ts';
import type { CountQueue } from '#domain/counts/ports.ts';
import { hoursAfter } from '#domain/subscriptions/confirmation.ts';
import { confirmationToken } from '#domain/subscriptions/confirmation-token.ts';
import type { Mailer, MailMessage, Signer } from '#domain/subscriptions/ports.ts';

export interface AskPorts extends Pick<Ambient, 'now'> {
  readonly signer: Signer;
  readonly mailer: Mailer;
  readonly countQueue: CountQueue;
  /** How many days a link is good for. */
  readonly linkDays: number;
  /** The message around a link with this token. */
  readonly messageOf: (token: string, about: Pick<Asked, 'formType' | 'languageCode'>) => Omit<MailMessage, 'to'>;
}

/** Who is asked, and at which address. */
export interface Asked {
  readonly contactId: number;
  readonly email: string;
  readonly addressHash: string;
  readonly formType?: string;
  /** The contact's language (RFC 5646). */
  readonly languageCode?: string;
}

/** Sends the message that asks a contact to confirm its address, with a link of its own, and has it counted. */
export const askForConfirmation = async (
  { signer, mailer, countQueue, linkDays, messageOf, now }: AskPorts,
  { contactId, email, addressHash, ...about }: Asked,
): Promise<void> => {
  const issuedAt = now();
  const expiresAt = hoursAfter(issuedAt, linkDays * 24);
  const token = await confirmationToken(signer, { contactId, addressHash, issuedAt, expiresAt });
  await mailer.send({ ...messageOf(token, about), to: email });
  await countQueue.send([{ marks: [{ kind: 'asked', contactId, day: dayOf(issuedAt) }] }]);
};
