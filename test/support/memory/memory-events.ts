import type { LoggedEvent } from '#domain/events/event.ts';
import type { EventType } from '#domain/events/event-type.ts';
import type { EventTypeStore, PastEvents } from '#domain/events/ports.ts';
import type { Step } from './step.ts';

/** Types of events in memory, by their keys. */
export const memoryEventTypes = (types: Map<string, EventType>, step: Step): EventTypeStore => ({
  list: async () => {
    await step('readEventTypes');
    return [...types.values()].sort((one, other) => (one.key < other.key ? -1 : 1));
  },
  put: async (type) => {
    await step(`putEventType ${type.key}`);
    types.set(type.key, type);
  },
  remove: async (key) => {
    await step(`removeEventType ${key}`);
    return types.delete(key);
  },
});

/** Past events in the event log in memory, removed one by one. */
export const memoryPastEvents = (events: Map<string, LoggedEvent>, step: Step): PastEvents => ({
  remove: async ({ from, to }, isOverdue) => {
    for (const [key, { origin, occurredAt, eventId }] of events) {
      if (origin !== 'history' || occurredAt < from || occurredAt > to) continue;
      await step(`removePastEvent ${eventId}`);
      events.delete(key);
      if (isOverdue()) return false;
    }
    return true;
  },
});
