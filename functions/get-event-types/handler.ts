import { eventTypes } from '#aws/events/event-type-store.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { wireEventTypes } from '#contract/events/event-types.ts';
import { getEventTypes as operation } from '#contract/events/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';

const live = { apiKeys, eventTypes, ...ambient };

/** `GET /api/v1/event` (contract 4.16). */
export const handler = endpoint(operation, live, async () => wireEventTypes(await live.eventTypes.list()));
