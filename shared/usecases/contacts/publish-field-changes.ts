import { fieldChangedEvents } from '#domain/contacts/field-changed-events.ts';
import type { ContactEvent } from '#domain/events/event.ts';
import type { EventBus } from '#domain/events/ports.ts';
import type { SavedRow } from './save-contacts.ts';

/** Publishes what updates changed, if the stage wants to know: each member of each contact once. */
export const publishFieldChanges = async (
  { eventBus, publishesFieldChanges }: { readonly eventBus: EventBus; readonly publishesFieldChanges: boolean },
  rows: readonly SavedRow[],
): Promise<void> => {
  if (!publishesFieldChanges) return;
  const events = new Map<string, ContactEvent>();
  for (const { before, contact } of rows) {
    for (const event of contact ? fieldChangedEvents(before, contact) : []) events.set(event.eventId, event);
  }
  await eventBus.publish([...events.values()]);
};
