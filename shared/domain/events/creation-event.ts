import type { Contact } from '../contacts/contact.ts';
import type { ContactEvent } from './event.ts';

/**
 * The event of a contact that an import created (contract 4.2 and 5). A contact is created once, so a repeat of the
 * import makes the same event with the same id.
 */
export const creationEvent = (contact: Contact, eventTypeKey: string): ContactEvent => ({
  eventId: `${eventTypeKey}:${contact.id}`,
  eventTypeKey,
  keyValue: contact.email ?? contact.sms ?? String(contact.id),
  contactId: contact.id,
  params: { contactId: contact.id, EmailAddress: contact.email ?? '', SMS: contact.sms ?? '' },
  occurredAt: contact.createdAt,
});
