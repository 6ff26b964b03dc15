import { queueTo } from '#aws/clients/queue.ts';
import { singleContacts as contacts } from '#aws/contacts/id-pool.ts';
import { eventBus } from '#aws/events/event-bus.ts';
import { fieldMemory } from '#aws/fields/field-memory.ts';
import { fields } from '#aws/fields/field-store.ts';
import { acceptedImports as imports } from '#aws/imports/accepted-imports.ts';
import { rowObjects as importFiles } from '#aws/imports/row-objects.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { segments } from '#aws/segments/segment-store.ts';
import { suppressions } from '#aws/subscriptions/suppression-store.ts';
import { startedImport } from '#contract/imports/add-contacts-answer.ts';
import { addContacts as operation } from '#contract/imports/operations.ts';
import * as queues from '#contract/queues.ts';
import { warningHeader, warningText } from '#contract/warning-header.ts';
import { endpoint } from '#http/endpoint.ts';
import { logWarnings } from '#http/warning-log.ts';
import { ambient } from '#shared/ambient.ts';
import * as settings from '#shared/settings.ts';
import { addContact } from '#usecases/contacts/add-contact.ts';
import { acceptImport } from '#usecases/imports/accept-import.ts';

const chunkQueue = queueTo(queues.chunks);
const publishing = {
  phoneMatches: settings.phoneMatches(),
  publishesFieldChanges: settings.fieldChangeEvents(),
  publishesSegmentChanges: settings.segmentEvents(),
};
const adding = { contacts, eventBus, fieldMemory, segments, suppressions, ...publishing };
const live = {
  apiKeys,
  chunkQueue,
  fields,
  importFiles,
  imports,
  ...adding,
  ...settings.reading(),
  ...ambient,
};

/** `POST /api/v1/contacts` (contract 4.2), which takes a single contact, too (contract 4.4). */
export const handler = endpoint(operation, live, async ({ body, madeBy }) => {
  if ('single' in body) {
    const added = await addContact(live, body.single);
    logWarnings(added);
    return { body: { id: added.id }, headers: warningHeader(warningText(added.warnings)) };
  }
  const { failedContacts, ...asked } = body.bulk;
  const { sessionId } = await acceptImport(live, { ...asked, ...madeBy });
  return { body: { ...startedImport(sessionId), failedContacts }, headers: {} };
});
