import type { Ambient } from '#domain/ambient.ts';
import { contactToken } from '#domain/contacts/contact-token.ts';
import type { ContactStore } from '#domain/contacts/ports.ts';
import type { EventIdentifiers } from '#domain/events/event-subject.ts';
import type { Signer } from '#domain/subscriptions/ports.ts';
import { findSubjects } from '../events/find-subjects.ts';

export interface GetContactTokenPorts extends Pick<Ambient, 'now'> {
  readonly contacts: Pick<ContactStore, 'readClaims' | 'readContacts'>;
  readonly signer: Signer;
}

/** The token of a contact, signed by the stage, or an empty one if the contact is unknown (contract 4.19). */
export const getContactToken = async (
  { contacts, signer, now }: GetContactTokenPorts,
  named: EventIdentifiers,
): Promise<string> => {
  const [contact] = await findSubjects(contacts, [named]);
  return contact ? contactToken(signer, contact.id, now()) : '';
};
