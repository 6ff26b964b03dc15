import { apiKeys } from '#aws/api-key-store.ts';
import { eventBus } from '#aws/event-bus.ts';
import { fieldMemory } from '#aws/field-memory.ts';
import { singleContacts as contacts } from '#aws/id-pool.ts';
import { segments } from '#aws/segment-store.ts';
import { contactIdResponse, parseSingleContact } from '#contract/single-contact.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { logWarnings } from '#http/warning-log.ts';
import { ambient } from '#shared/ambient.ts';
import { settings } from '#shared/settings.ts';
import { addContact } from '#usecases/add-contact.ts';

const telling = { tellsFieldChanges: settings.fieldChangeEvents(), tellsSegmentChanges: settings.segmentEvents() };
const live = { apiKeys, contacts, eventBus, fieldMemory, segments, ...telling, ...ambient };

/** `POST /api/v1/contact` (contract 4.4). */
export const handler = endpoint('addContact', live, async (request) => {
  const contact = parseSingleContact(request.json(), { defaultCountry: settings.defaultCountry() });
  const added = await addContact(live, contact);
  logWarnings(added);
  return json(contactIdResponse.parse(added));
});
