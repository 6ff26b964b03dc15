import { contacts } from '#aws/contacts/contact-store.ts';
import { eventLog } from '#aws/events/event-log.ts';
import { fieldMemory } from '#aws/fields/field-memory.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { identitiesInEvent } from '#contract/events/event-identifiers.ts';
import { isVersion2 } from '#contract/events/event-request.ts';
import { parsePastEvents } from '#contract/events/past-events.ts';
import type { ContactEvent } from '#domain/events/event.ts';
import { nothing } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { logEventWarnings } from '#http/warning-log.ts';
import { ambient } from '#shared/ambient.ts';
import { digest } from '#shared/digest.ts';
import { fingerprint } from '#shared/fingerprint.ts';
import { settings } from '#shared/settings.ts';
import { addPastEvents } from '#usecases/events/add-past-events.ts';

const namedBy = (event: ContactEvent) => identitiesInEvent(event, { defaultCountry: settings.defaultCountry() });
const live = { apiKeys, contacts, digest, eventLog, fieldMemory, fingerprint, namedBy, ...ambient };

/** `POST /api/v1/past_events` and `POST /api/v2/past_events` (contract 4.16). */
export const handler = endpoint('addPastEvents', live, async (request) => {
  const rule = { defaultCountry: settings.defaultCountry(), isStrict: isVersion2(request.path), now: live.now() };
  const events = parsePastEvents(request.json(), rule);
  await addPastEvents(live, events);
  for (const { warnings } of events) logEventWarnings(request.requestId, warnings);
  return nothing;
});
