import type { Ambient } from '#domain/ambient.ts';
import type { Contact } from '#domain/contacts/contact.ts';
import type { ContactStore } from '#domain/contacts/ports.ts';
import {
  addressHashOf,
  type ConfirmationClaim,
  readConfirmationToken,
} from '#domain/subscriptions/confirmation-token.ts';
import type { Confirmations, Signer } from '#domain/subscriptions/ports.ts';

export interface LookPorts extends Pick<Ambient, 'now'> {
  readonly signer: Signer;
  readonly contacts: Pick<ContactStore, 'readContacts'>;
  readonly confirmations: Pick<Confirmations, 'find'>;
}

/** What a link can come to; `gone`: its contact is erased or deleted, or has another address by now. */
export type LinkState = 'open' | 'confirmed' | 'expired' | 'invalid' | 'gone';

/** What a link would do, without doing any of it: mail scanners follow links, too. */
export const lookAtConfirmation = async (ports: LookPorts, token: string): Promise<LinkState> => {
  const reading = await readConfirmationToken(ports.signer, token, ports.now());
  if (reading.state !== 'valid') return reading.state;
  const [contact, confirmation] = await Promise.all([
    contactOfLink(ports, reading.claim),
    ports.confirmations.find(reading.claim),
  ]);
  if (!contact) return 'gone';
  return (confirmation?.finishedAt ?? '') >= reading.claim.issuedAt ? 'confirmed' : 'open';
};

/** The contact that a link was sent to, if it still has the address that the link was sent to. */
export const contactOfLink = async (
  { contacts, signer }: Pick<LookPorts, 'contacts' | 'signer'>,
  { contactId, addressHash }: ConfirmationClaim,
): Promise<(Contact & { readonly email: string }) | undefined> => {
  const [contact] = (await contacts.readContacts([contactId], [])).contacts;
  if (contact?.state !== 'active' || contact.email === undefined) return undefined;
  const { email } = contact;
  return (await addressHashOf(signer, email)) === addressHash ? { ...contact, email } : undefined;
};
