import { contacts } from '#aws/contacts/contact-store.ts';
import { eventLog } from '#aws/events/event-log.ts';
import { fieldMemory } from '#aws/fields/field-memory.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { identitiesInEvent } from '#contract/events/event-identifiers.ts';
import { addPastEvents as operation } from '#contract/events/operations.ts';
import type { ContactEvent } from '#domain/events/event.ts';
import { endpoint } from '#http/endpoint.ts';
import { logEventWarnings } from '#http/warning-log.ts';
import { ambient } from '#shared/ambient.ts';
import { digest } from '#shared/digest.ts';
import { fingerprint } from '#shared/fingerprint.ts';
import { settings } from '#shared/settings.ts';
import { addPastEvents } from '#usecases/events/add-past-events.ts';

const defaultCountry = settings.defaultCountry();
const namedBy = (event: ContactEvent) => identitiesInEvent(event, { defaultCountry });
const live = { apiKeys, contacts, digest, eventLog, fieldMemory, fingerprint, namedBy, defaultCountry, ...ambient };

/** `POST /api/v1/past_events` and `POST /api/v2/past_events` (contract 4.16). */
export const handler = endpoint(operation, live, async ({ body: events, requestId }) => {
  await addPastEvents(live, events);
  for (const { warnings } of events) logEventWarnings(requestId, warnings);
});
