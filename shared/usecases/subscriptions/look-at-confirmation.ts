import type { Ambient } from '#domain/ambient.ts';
import type { Contact } from '#domain/contacts/contact.ts';
import type { ContactStore } from '#domain/contacts/ports.ts';
import {
  addressHashOf,
  type ConfirmationClaim,
  readConfirmationToken,
} from '#domain/subscriptions/confirmation-token.ts';
import type { Confirmations, Proposals, Signer } from '#domain/subscriptions/ports.ts';
import type { KeptProposal, Proposal } from '#domain/subscriptions/proposal.ts';

export interface LookPorts extends Pick<Ambient, 'now'> {
  readonly signer: Signer;
  readonly contacts: Pick<ContactStore, 'readContacts'>;
  readonly confirmations: Pick<Confirmations, 'find'>;
  readonly proposals: Pick<Proposals, 'find'>;
}

/** What a link can come to; `gone`: its contact is erased or deleted, or has another address by now. */
export type LinkState = 'open' | 'confirmed' | 'expired' | 'invalid' | 'gone';

/** A link and, where it is open, what forms proposed that pressing its button would change. */
export interface LinkView {
  readonly state: LinkState;
  readonly proposal?: KeptProposal;
  /** The contact's language (RFC 5646). */
  readonly languageCode?: string;
}

/** What a link would do, without doing any of it: mail scanners follow links, too. */
export const lookAtConfirmation = async (ports: LookPorts, token: string): Promise<LinkView> => {
  const reading = await readConfirmationToken(ports.signer, token, ports.now());
  if (reading.state !== 'valid') return { state: reading.state };
  const [proposal, confirmation] = await Promise.all([
    ports.proposals.find(reading.claim),
    ports.confirmations.find(reading.claim),
  ]);
  const contact = await contactOfLink(ports, reading.claim, proposal);
  if (!contact) return { state: 'gone' };
  if ((confirmation?.finishedAt ?? '') >= reading.claim.issuedAt) return { state: 'confirmed', ...languageOf(contact) };
  return { state: 'open', ...languageOf(contact), ...(proposal && { proposal }) };
};

/** The language that the page of a link is in. */
export const languageOf = ({ languageCode }: Contact): Pick<LinkView, 'languageCode'> =>
  languageCode === undefined ? {} : { languageCode };

/**
 * The contact that a link was sent to, if it still has the address that the link was sent to. A deleted one counts where
 * a form proposed to restore it.
 */
export const contactOfLink = async (
  { contacts, signer }: Pick<LookPorts, 'contacts' | 'signer'>,
  { contactId, addressHash }: ConfirmationClaim,
  proposal: Pick<Proposal, 'restores'> | undefined,
): Promise<(Contact & { readonly email: string }) | undefined> => {
  const [contact] = (await contacts.readContacts([contactId], [])).contacts;
  const isThere = contact?.state === 'active' || (contact?.state === 'deleted' && proposal?.restores);
  if (!isThere || contact.email === undefined) return undefined;
  const { email } = contact;
  return (await addressHashOf(signer, email)) === addressHash ? { ...contact, email } : undefined;
};
