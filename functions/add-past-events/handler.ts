import { contacts } from '#aws/contacts/contact-store.ts';
import { eventLog } from '#aws/events/event-log.ts';
import { fieldMemory } from '#aws/fields/field-memory.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { addPastEvents as operation } from '#contract/events/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { logEventWarnings } from '#http/warning-log.ts';
import { ambient } from '#shared/ambient.ts';
import * as settings from '#shared/settings.ts';
import { addPastEvents } from '#usecases/events/add-past-events.ts';

const live = { apiKeys, contacts, eventLog, fieldMemory, ...settings.identities(), ...ambient };

/** `POST /api/v1/past_events` and `POST /api/v2/past_events` (contract 4.16). */
export const handler = endpoint(operation, live, async ({ body: events, requestId }) => {
  await addPastEvents(live, events);
  for (const { warnings } of events) logEventWarnings(requestId, warnings);
});
