import { contacts } from '#aws/contacts/contact-store.ts';
import { eventBus } from '#aws/events/event-bus.ts';
import { fieldMemory } from '#aws/fields/field-memory.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { segments } from '#aws/segments/segment-store.ts';
import { parseContactUpdate, updatedSentence } from '#contract/contacts/single-contact.ts';
import { sentence } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { logWarnings } from '#http/warning-log.ts';
import { ambient } from '#shared/ambient.ts';
import { settings } from '#shared/settings.ts';
import { updateContact } from '#usecases/contacts/update-contact.ts';

const publishing = {
  publishesFieldChanges: settings.fieldChangeEvents(),
  publishesSegmentChanges: settings.segmentEvents(),
};
const live = { apiKeys, contacts, eventBus, fieldMemory, segments, ...publishing, ...ambient };

/** `PUT /api/v1/contact/{id}` (contract 4.5). */
export const handler = endpoint('updateContact', live, async (request) => {
  const id = request.id();
  const contact = parseContactUpdate(request.json(), { defaultCountry: settings.defaultCountry() });
  logWarnings(await updateContact(live, id, contact));
  return sentence(updatedSentence(id));
});
