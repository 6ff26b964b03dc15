import { eventTypes } from '#aws/events/event-type-store.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { defineEventType as operation } from '#contract/events/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';

const live = { apiKeys, eventTypes, ...ambient };

/** `PUT /admin/v1/event-types/{eventTypeKey}`: defines a type of event, or replaces its definition (contract 4.16). */
export const handler = endpoint(operation, live, async ({ path, body }) => {
  const type = { key: path.eventTypeKey, ...body };
  await live.eventTypes.put(type);
  return type;
});
