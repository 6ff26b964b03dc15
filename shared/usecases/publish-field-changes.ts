import type { ContactEvent } from '#domain/event.ts';
import { fieldChangedEvents } from '#domain/field-changed-events.ts';
import type { EventBus } from '#domain/ports.ts';
import type { SavedRow } from './save-contacts.ts';

/** Tells on the bus what updates changed, where the stage wants to know: each member of each contact once. */
export const publishFieldChanges = async (
  { eventBus, tellsFieldChanges }: { readonly eventBus: EventBus; readonly tellsFieldChanges: boolean },
  rows: readonly SavedRow[],
): Promise<void> => {
  if (!tellsFieldChanges) return;
  const events = new Map<string, ContactEvent>();
  for (const { before, contact } of rows) {
    for (const event of contact ? fieldChangedEvents(before, contact) : []) events.set(event.eventId, event);
  }
  await eventBus.publish([...events.values()]);
};
