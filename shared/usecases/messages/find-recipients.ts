import type { Ambient } from '#domain/ambient.ts';
import type { Contact, ContactDraft } from '#domain/contacts/contact.ts';
import { hasIdentity, type Identity, identityKey } from '#domain/contacts/identity.ts';
import type { ContactStore } from '#domain/contacts/ports.ts';
import type { MessageChannel } from '#domain/messages/message.ts';
import { type SavedRow, saveContacts } from '../contacts/save-contacts.ts';

export interface FindRecipientsPorts extends Ambient {
  readonly contacts: ContactStore;
}

/** The contact of an address, or why it has none. */
export type Recipient = { readonly contact: Contact } | { readonly error: string };

/** An address as contacts have it. */
export const identityOf = (channel: MessageChannel, address: string): Identity => ({
  type: channel === 'email' ? 'EMAIL' : 'SMS',
  value: address,
});

/**
 * The contacts of addresses, in order. An unknown recipient is added with that one channel, confirmed, in no segment
 * and without any event; a known contact stays as it is, also a deleted one (contract 4.17). Two round trips if all are
 * known, however many they are.
 */
export const findRecipients = async (
  ports: FindRecipientsPorts,
  channel: MessageChannel,
  addresses: readonly string[],
): Promise<Recipient[]> => {
  if (addresses.length === 0) return [];
  const drafts = addresses.map(
    (address): ContactDraft => (channel === 'email' ? { email: address } : { sms: address }),
  );
  const { rows } = await saveContacts(ports, drafts, {
    dedupeOn: channel,
    source: 'I_MESSAGE',
    confirmed: true,
    restoreDeleted: false,
    definitions: new Map(),
    joins: [],
    leaves: [],
    token: ports.newId(),
    now: ports.now(),
  });
  const isDeleted = ({ error }: SavedRow) => error?.code === 'CONTACT_DELETED';
  const deleted = await contactsOf(
    ports.contacts,
    addresses
      .filter((_, index) => rows[index] && isDeleted(rows[index]))
      .map((address) => identityOf(channel, address)),
  );
  return addresses.map((address, index) => {
    const contact = rows[index]?.contact ?? deleted.get(identityKey(identityOf(channel, address)));
    return contact ? { contact } : { error: rows[index]?.error?.message ?? 'The contact cannot be added' };
  });
};

/** The deleted contact of each identity that was updated last, by `identityKey`. */
const contactsOf = async (
  contacts: Pick<ContactStore, 'readClaims' | 'readContacts'>,
  identities: readonly Identity[],
): Promise<Map<string, Contact>> => {
  if (identities.length === 0) return new Map();
  const claims = await contacts.readClaims([...new Map(identities.map((one) => [identityKey(one), one])).values()]);
  const owners = await contacts.readContacts([...new Set(claims.flatMap(({ contactIds }) => contactIds))], []);
  const found = claims.flatMap(({ identity }): [string, Contact][] => {
    const [latest] = owners.contacts
      .filter((one) => one.state !== 'erased' && hasIdentity(one, identity, new Set()))
      .toSorted((one, other) => (one.updatedAt > other.updatedAt ? -1 : 1));
    return latest ? [[identityKey(identity), latest]] : [];
  });
  return new Map(found);
};
