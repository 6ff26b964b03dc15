import { eventTypes } from '#aws/events/event-type-store.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { eventTypeResponse } from '#contract/events/event-types.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';

const live = { apiKeys, eventTypes, ...ambient };

/** `GET /admin/v1/event-types`, by key. */
export const handler = endpoint('listEventTypes', live, async () =>
  json({ items: (await live.eventTypes.list()).map((type) => eventTypeResponse.parse(type)) }),
);
