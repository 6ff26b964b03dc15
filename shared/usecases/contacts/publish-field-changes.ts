import { fieldChangedEvents } from '#domain/contacts/field-changed-events.ts';
import type { ContactEvent } from '#domain/events/event.ts';
import type { EventBus } from '#domain/events/ports.ts';
import type { SavedRow } from './save-contacts.ts';

/**
 * Publishes what updates changed, if the stage wants to know: each member of each contact once. An e-mail address that was
 * replaced because of a phone number is published in any case.
 */
export const publishFieldChanges = async (
  { eventBus, publishesFieldChanges }: { readonly eventBus: EventBus; readonly publishesFieldChanges: boolean },
  rows: readonly SavedRow[],
): Promise<void> => {
  const events = new Map<string, ContactEvent>();
  for (const { before, contact } of publishesFieldChanges ? rows : rows.filter(replacesEmail)) {
    for (const event of contact ? fieldChangedEvents(before, contact) : []) {
      if (publishesFieldChanges || event.params.field === 'email') events.set(event.eventId, event);
    }
  }
  if (events.size > 0) await eventBus.publish([...events.values()]);
};

const replacesEmail = ({ warnings }: SavedRow): boolean => warnings.some(({ code }) => code === 'EMAIL_REPLACED');
