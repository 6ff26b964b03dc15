import { singleContacts as contacts } from '#aws/contacts/id-pool.ts';
import { eventBus } from '#aws/events/event-bus.ts';
import { fieldMemory } from '#aws/fields/field-memory.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { segments } from '#aws/segments/segment-store.ts';
import { contactIdResponse, parseSingleContact } from '#contract/contacts/single-contact.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { logWarnings } from '#http/warning-log.ts';
import { ambient } from '#shared/ambient.ts';
import { settings } from '#shared/settings.ts';
import { addContact } from '#usecases/contacts/add-contact.ts';

const publishing = {
  publishesFieldChanges: settings.fieldChangeEvents(),
  publishesSegmentChanges: settings.segmentEvents(),
};
const live = { apiKeys, contacts, eventBus, fieldMemory, segments, ...publishing, ...ambient };

/** `POST /api/v1/contact` (contract 4.4). */
export const handler = endpoint('addContact', live, async (request) => {
  const contact = parseSingleContact(request.json(), { defaultCountry: settings.defaultCountry() });
  const added = await addContact(live, contact);
  logWarnings(added);
  return json(contactIdResponse.parse(added));
});
