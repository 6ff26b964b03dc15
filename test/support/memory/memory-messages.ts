import type { ContactEvent, LoggedEvent } from '#domain/events/event.ts';
import type { EventBus, EventLog } from '#domain/events/ports.ts';
import type { OverlayFiles } from '#domain/imports/ports.ts';
import type { Overlay } from '#domain/imports/prediction.ts';
import type { ApiKey } from '#domain/keys/api-key.ts';
import type { ApiKeyStore } from '#domain/keys/ports.ts';
import { memoryKeptRequests } from './memory-kept-requests.ts';
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
export const memoryEventLog = (events: Map<string, LoggedEvent>, step: Step): EventLog => ({
  append: async (appended) => {
    await itemByItem(
      appended,
      ({ eventId }) => step(`appendEvent ${eventId}`),
      (event) => events.set(sortOf(event), event),
    );
  },
  has: async (event) => {
    await step(`readEvent ${event.eventId}`);
    return events.has(sortOf(event));
  },
  list: async ({ type, keyValue, contactId, from = '', to = '9' }, page) => {
    await step('listEvents');
    const newestFirst = [...events.values()]
      .filter((event) => type === undefined || event.eventTypeKey === type)
      .filter((event) => keyValue === undefined || event.keyValue === keyValue)
      .filter((event) => contactId === undefined || event.contactId === contactId)
      .filter(({ occurredAt }) => occurredAt >= from && occurredAt <= to)
      .sort((one, other) => (sortOf(one) < sortOf(other) ? 1 : -1));
    return pageOf(newestFirst, sortOf, page);
  },
  forget: async (contactId) => {
    await step(`forgetEvents ${contactId}`);
    for (const [key, event] of events) if (event.contactId === contactId) events.delete(key);
  },
  forgetUnknown: async (fingerprints, until) => {
    await step('forgetUnknownEvents');
    for (const [key, event] of events) {
      const isMeant = event.contactId === undefined && event.fingerprints?.some((one) => fingerprints.includes(one));
      if (isMeant && (event.publishedAt ?? event.occurredAt) <= until) events.delete(key);
    }
  },
});

/** Overlays of dry runs in memory, by their prefix. */
export const memoryOverlayFiles = (overlays: Map<string, Overlay>, step: Step): OverlayFiles => ({
  put: async (sessionId, attemptId, overlay) => {
    await step(`putOverlay ${sessionId}`);
    const prefix = `predictions/${sessionId}/${attemptId}/`;
    overlays.set(prefix, structuredClone(overlay));
    return { prefix, parts: 1 };
  },
  read: async ({ prefix }) => {
    await step(`readOverlay ${prefix}`);
    return structuredClone(overlays.get(prefix));
  },
  remove: async ({ prefix }) => {
    await step(`removeOverlay ${prefix}`);
    overlays.delete(prefix);
  },
});

/** API keys in memory, by their hash. */
export const memoryApiKeys = (
  keys: Map<string, ApiKey>,
  step: Step,
  keyUses = new Map<string, number>(),
): ApiKeyStore => ({
  ...memoryKeptRequests(step),
  find: async (hash) => {
    await step('findApiKey');
    return keys.get(hash);
  },
  touch: async (hash, usedAt) => {
    await step('touchApiKey');
    const key = keys.get(hash);
    if (key) keys.set(hash, { ...key, lastUsedAt: usedAt });
  },
  countUse: async (hash, minute) => {
    await step('countUse');
    const uses = (keyUses.get(`${hash} ${minute}`) ?? 0) + 1;
    keyUses.set(`${hash} ${minute}`, uses);
    return uses;
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

const sortOf = ({ occurredAt, eventId }: Pick<ContactEvent, 'occurredAt' | 'eventId'>) => `${occurredAt}#${eventId}`;
