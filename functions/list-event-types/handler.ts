import { apiKeys } from '#aws/api-key-store.ts';
import { eventTypes } from '#aws/event-type-store.ts';
import { eventTypeResponse } from '#contract/event-types.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';

const live = { apiKeys, eventTypes, ...ambient };

/** `GET /admin/v1/event-types`, by key. */
export const handler = endpoint('listEventTypes', live, async () =>
  json({ items: (await live.eventTypes.list()).map((type) => eventTypeResponse.parse(type)) }),
);
