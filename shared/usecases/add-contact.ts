import type { EventBus } from '#domain/ports.ts';
import type { Problem } from '#domain/problem.ts';
import { type FilingPorts, fileContacts } from './file-contacts.ts';
import { publishFieldChanges } from './publish-field-changes.ts';
import { type SaveContactPorts, type SingleContact, saveContact } from './save-contact.ts';

export interface AddContactPorts extends SaveContactPorts, Pick<FilingPorts, 'tellsSegmentChanges'> {
  readonly eventBus: EventBus;
  /** Whether updates are told on the bus (contract 3.5). */
  readonly tellsFieldChanges: boolean;
}

/** The contact that was added or updated, and what was left out of it. */
export interface AddedContact {
  readonly id: number;
  readonly warnings: readonly Problem[];
}

/** Adds or updates one contact at once, confirmed, without events for workflows (contract 4.4). */
export const addContact = async (ports: AddContactPorts, contact: SingleContact): Promise<AddedContact> => {
  const saved = await saveContact(ports, contact, {
    dedupeOn: 'any_channel',
    source: 'API',
    confirmed: true,
    restoreDeleted: true,
  });
  await Promise.all([fileContacts(ports, saved.filings, saved.token), publishFieldChanges(ports, [saved])]);
  return { id: saved.contact.id, warnings: saved.warnings };
};
