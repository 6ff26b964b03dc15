import { apiKeys } from '#aws/api-key-store.ts';
import { chunkQueue } from '#aws/chunk-queue.ts';
import { eventBus } from '#aws/event-bus.ts';
import { fieldMemory } from '#aws/field-memory.ts';
import { fields } from '#aws/field-store.ts';
import { singleContacts as contacts } from '#aws/id-pool.ts';
import { importFiles } from '#aws/import-files.ts';
import { imports } from '#aws/import-store.ts';
import { segments } from '#aws/segment-store.ts';
import { parseAddContacts } from '#contract/add-contacts.ts';
import { contactIdResponse, isSingleContact, parseSingleContact } from '#contract/single-contact.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { logWarnings } from '#http/warning-log.ts';
import { ambient } from '#shared/ambient.ts';
import { settings } from '#shared/settings.ts';
import { acceptImport } from '#usecases/accept-import.ts';
import { addContact } from '#usecases/add-contact.ts';

const telling = { tellsFieldChanges: settings.fieldChangeEvents(), tellsSegmentChanges: settings.segmentEvents() };
const adding = { contacts, eventBus, fieldMemory, segments, ...telling };
const live = { apiKeys, chunkQueue, fields, importFiles, imports, ...adding, ...ambient };

/** `POST /api/v1/contacts` (contract 4.2), which takes a single contact, too (contract 4.4). */
export const handler = endpoint('addContacts', live, async (request) => {
  const body = request.json();
  const rule = { defaultCountry: settings.defaultCountry() };
  if (isSingleContact(body)) {
    const added = await addContact(live, parseSingleContact(body, rule));
    logWarnings(added);
    return json(contactIdResponse.parse(added));
  }
  const { failedContacts, ...asked } = parseAddContacts(body, rule);
  const { sessionId } = await acceptImport(live, asked);
  return json({ id: 0, asyncSessionId: sessionId, failedContacts });
});
