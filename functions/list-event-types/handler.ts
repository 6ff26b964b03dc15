import { eventTypes } from '#aws/events/event-type-store.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { listEventTypes as operation } from '#contract/events/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';

const live = { apiKeys, eventTypes, ...ambient };

/** `GET /admin/v1/event-types`, by key. */
export const handler = endpoint(operation, live, async () => ({ items: await live.eventTypes.list() }));
