import { eventTypes } from '#aws/events/event-type-store.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { eventTypeResponse, parseEventType } from '#contract/events/event-types.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';

const live = { apiKeys, eventTypes, ...ambient };

/** `PUT /admin/v1/event-types/{eventTypeKey}`: defines a type of event, or replaces its definition (contract 4.16). */
export const handler = endpoint('defineEventType', live, async (request) => {
  const type = parseEventType(request.eventTypeKey(), request.json());
  await live.eventTypes.put(type);
  return json(eventTypeResponse.parse(type));
});
