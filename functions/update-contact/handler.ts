import { apiKeys } from '#aws/api-key-store.ts';
import { contacts } from '#aws/contact-store.ts';
import { eventBus } from '#aws/event-bus.ts';
import { fieldMemory } from '#aws/field-memory.ts';
import { segments } from '#aws/segment-store.ts';
import { parseContactUpdate, updatedSentence } from '#contract/single-contact.ts';
import { sentence } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { logWarnings } from '#http/warning-log.ts';
import { ambient } from '#shared/ambient.ts';
import { settings } from '#shared/settings.ts';
import { updateContact } from '#usecases/update-contact.ts';

const telling = { tellsFieldChanges: settings.fieldChangeEvents(), tellsSegmentChanges: settings.segmentEvents() };
const live = { apiKeys, contacts, eventBus, fieldMemory, segments, ...telling, ...ambient };

/** `PUT /api/v1/contact/{id}` (contract 4.5). */
export const handler = endpoint('updateContact', live, async (request) => {
  const id = request.id();
  const contact = parseContactUpdate(request.json(), { defaultCountry: settings.defaultCountry() });
  logWarnings(await updateContact(live, id, contact));
  return sentence(updatedSentence(id));
});
