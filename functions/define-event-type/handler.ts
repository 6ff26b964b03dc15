import { apiKeys } from '#aws/api-key-store.ts';
import { eventTypes } from '#aws/event-type-store.ts';
import { eventTypeResponse, parseEventType } from '#contract/event-types.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';

const live = { apiKeys, eventTypes, ...ambient };

/** `PUT /admin/v1/event-types/{eventTypeKey}`: defines a type of event, or defines it anew (contract 4.16). */
export const handler = endpoint('defineEventType', live, async (request) => {
  const type = parseEventType(request.eventTypeKey(), request.json());
  await live.eventTypes.put(type);
  return json(eventTypeResponse.parse(type));
});
