import { eventTypes } from '#aws/events/event-type-store.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { removeEventType as operation } from '#contract/events/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { removeEventType } from '#usecases/events/remove-event-type.ts';

const live = { apiKeys, eventTypes, ...ambient };

/** `DELETE /admin/v1/event-types/{eventTypeKey}`: its events may have any parameters from then on. */
export const handler = endpoint(operation, live, async ({ path }) => removeEventType(live, path.eventTypeKey));
