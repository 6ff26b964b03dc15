import type { EventType } from '#domain/events/event-type.ts';
import type { EventTypeMemory, EventTypeStore } from '#domain/events/ports.ts';
import { lazily } from '../clients/connect.ts';
import { eventTypes } from './event-type-store.ts';

const memoryMilliseconds = 60_000;

/** Types of events remembered for a minute. */
export const rememberEventTypes = (store: Pick<EventTypeStore, 'list'>, now = Date.now): EventTypeMemory => {
  let remembered: ReadonlyMap<string, EventType> = new Map();
  let until = 0;
  return {
    find: async (key) => {
      if (now() >= until) {
        remembered = new Map((await store.list()).map((type) => [type.key, type]));
        until = now() + memoryMilliseconds;
      }
      return remembered.get(key);
    },
  };
};

/** The types of events of this stage, remembered. */
export const eventTypeMemory: EventTypeMemory = lazily(() => rememberEventTypes(eventTypes));
