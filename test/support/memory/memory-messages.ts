import type { ApiKey } from '#domain/api-key.ts';
import type { ContactEvent } from '#domain/event.ts';
import type { ApiKeyStore, ChunkMessage, ChunkQueue, DeadLetterQueue, EventBus, EventLog } from '#domain/ports.ts';
import { itemByItem, pageOf, type Step } from './step.ts';

/** A bus that keeps what was published, repeats included. */
export const memoryEventBus = (published: ContactEvent[], step: Step): EventBus => ({
  publish: async (events) => {
    await itemByItem(
      events,
      ({ eventId }) => step(`publish ${eventId}`),
      (event) => published.push(event),
    );
  },
});

/** The event log in memory. */
export const memoryEventLog = (events: Map<string, ContactEvent>, step: Step): EventLog => ({
  append: async (appended) => {
    await itemByItem(
      appended,
      ({ eventId }) => step(`appendEvent ${eventId}`),
      (event) => events.set(sortOf(event), event),
    );
  },
  list: async ({ type, keyValue }, page) => {
    await step('listEvents');
    const newestFirst = [...events.values()]
      .filter((event) => type === undefined || event.eventTypeKey === type)
      .filter((event) => keyValue === undefined || event.keyValue === keyValue)
      .sort((one, other) => (sortOf(one) < sortOf(other) ? 1 : -1));
    return pageOf(newestFirst, sortOf, page);
  },
});

/** A queue that keeps what was sent. */
export const memoryChunkQueue = (sent: ChunkMessage[], step: Step): ChunkQueue => ({
  send: async (chunks) => {
    await itemByItem(
      chunks,
      ({ number }) => step(`sendChunk ${number}`),
      (chunk) => sent.push(chunk),
    );
  },
});

/** A dead-letter queue that keeps what was sent. */
export const memoryDeadLetterQueue = (sent: ChunkMessage[], step: Step): DeadLetterQueue => ({
  send: async (chunk) => {
    await step(`sendDeadLetter ${chunk.number}`);
    sent.push(chunk);
  },
});

/** API keys in memory, by their hash. */
export const memoryApiKeys = (keys: Map<string, ApiKey>, step: Step): ApiKeyStore => ({
  find: async (hash) => {
    await step('findApiKey');
    return keys.get(hash);
  },
  touch: async (hash, usedAt) => {
    await step('touchApiKey');
    const key = keys.get(hash);
    if (key) keys.set(hash, { ...key, lastUsedAt: usedAt });
  },
  create: async (key) => {
    await step('createApiKey');
    keys.set(key.hash, key);
  },
  list: async () => {
    await step('listApiKeys');
    return [...keys.values()].sort((one, other) => one.name.localeCompare(other.name));
  },
  revoke: async (hash) => {
    await step('revokeApiKey');
    return keys.delete(hash);
  },
});

const sortOf = ({ occurredAt, eventId }: ContactEvent) => `${occurredAt}#${eventId}`;
