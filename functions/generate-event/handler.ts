import { contacts } from '#aws/contacts/contact-store.ts';
import { eventBus } from '#aws/events/event-bus.ts';
import { eventTypeMemory } from '#aws/events/event-type-memory.ts';
import { fieldMemory } from '#aws/fields/field-memory.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { generateEvent as operation } from '#contract/events/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { logEventWarnings } from '#http/warning-log.ts';
import { ambient } from '#shared/ambient.ts';
import * as settings from '#shared/settings.ts';
import { generateEvent } from '#usecases/events/generate-event.ts';

const live = {
  apiKeys,
  contacts,
  eventBus,
  eventTypeMemory,
  fieldMemory,
  ...settings.reading(),
  ...ambient,
};

/** `POST /api/v1/event` and `POST /api/v2/event` (contract 4.16). */
export const handler = endpoint(operation, live, async ({ body: { warnings, ...event }, requestId }) => {
  await generateEvent(live, event);
  logEventWarnings(requestId, warnings);
});
