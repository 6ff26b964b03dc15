import type { EventBus } from '#domain/ports.ts';
import { publishFieldChanges } from './publish-field-changes.ts';
import { type SaveContactPorts, type SingleContact, saveContact } from './save-contact.ts';

export interface AddContactPorts extends SaveContactPorts {
  readonly eventBus: EventBus;
  /** Whether updates are told on the bus (contract 3.5). */
  readonly tellsFieldChanges: boolean;
}

/** Adds or updates one contact at once, confirmed, without events for workflows (contract 4.4). */
export const addContact = async (ports: AddContactPorts, contact: SingleContact): Promise<{ id: number }> => {
  const saved = await saveContact(ports, contact, {
    dedupeOn: 'any_channel',
    source: 'API',
    confirmed: true,
    restoreDeleted: true,
  });
  await Promise.all([ports.contacts.changeMemberships(saved.memberships), publishFieldChanges(ports, [saved])]);
  return { id: saved.contact.id };
};
