import type { Contact } from '../../api/types.ts';
import type { Say } from '../../parts/language.tsx';

/** The value of a contact's channel. */
export const channelOf = ({ channels }: Contact, type: 'email' | 'sms'): string | undefined =>
  channels.find((channel) => channel.type === type)?.value;

/** What a contact is called: its name, or else how it is reached. */
export const nameOf = (contact: Contact, say: Say): string => {
  const name = [contact.firstName, contact.lastName].filter(Boolean).join(' ');
  return (
    name ||
    channelOf(contact, 'email') ||
    channelOf(contact, 'sms') ||
    contact.externalCustomerId ||
    say('contacts.nameless', { id: String(contact.id) })
  );
};
