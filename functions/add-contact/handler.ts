import { singleContacts as contacts } from '#aws/contacts/id-pool.ts';
import { eventBus } from '#aws/events/event-bus.ts';
import { fieldMemory } from '#aws/fields/field-memory.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { segments } from '#aws/segments/segment-store.ts';
import { suppressions } from '#aws/subscriptions/suppression-store.ts';
import { addContact as operation } from '#contract/contacts/operations.ts';
import { warningHeader, warningText } from '#contract/warning-header.ts';
import { endpoint } from '#http/endpoint.ts';
import { logWarnings } from '#http/warning-log.ts';
import { ambient } from '#shared/ambient.ts';
import * as settings from '#shared/settings.ts';
import { addContact } from '#usecases/contacts/add-contact.ts';

const publishing = {
  phoneMatches: settings.phoneMatches(),
  publishesFieldChanges: settings.fieldChangeEvents(),
  publishesSegmentChanges: settings.segmentEvents(),
};
const stores = { apiKeys, contacts, eventBus, fieldMemory, segments, suppressions };
const live = { ...stores, ...publishing, ...settings.reading(), ...ambient };

/** `POST /api/v1/contact` (contract 4.4). */
export const handler = endpoint(operation, live, async ({ body }) => {
  const added = await addContact(live, body);
  logWarnings(added);
  return { body: added, headers: warningHeader(warningText(added.warnings)) };
});
