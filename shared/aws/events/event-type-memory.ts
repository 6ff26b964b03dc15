import type { EventType } from '#domain/events/event-type.ts';
import type { EventTypeMemory, EventTypeStore } from '#domain/events/ports.ts';
import { lazily } from '../clients/connect.ts';
import { remembered } from '../clients/remembered.ts';
import { eventTypes } from './event-type-store.ts';

/** Types of events remembered for a minute. */
export const rememberEventTypes = (store: Pick<EventTypeStore, 'list'>, now?: () => number): EventTypeMemory => {
  const byKey = async () => new Map((await store.list()).map((type) => [type.key, type]));
  const memory = remembered<ReadonlyMap<string, EventType>>(byKey, new Map(), now);
  return { find: async (key) => (await memory.recall()).get(key) };
};

/** The types of events of this stage, remembered. */
export const eventTypeMemory: EventTypeMemory = /* @__PURE__ */ lazily(() => rememberEventTypes(eventTypes));
