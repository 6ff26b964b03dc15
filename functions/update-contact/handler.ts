import { contacts } from '#aws/contacts/contact-store.ts';
import { eventBus } from '#aws/events/event-bus.ts';
import { fieldMemory } from '#aws/fields/field-memory.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { segments } from '#aws/segments/segment-store.ts';
import { suppressions } from '#aws/subscriptions/suppression-store.ts';
import { updateContact as operation } from '#contract/contacts/operations.ts';
import { updatedSentence } from '#contract/contacts/single-contact.ts';
import { warningHeader, warningText } from '#contract/warning-header.ts';
import { endpoint } from '#http/endpoint.ts';
import { logWarnings } from '#http/warning-log.ts';
import { ambient } from '#shared/ambient.ts';
import * as settings from '#shared/settings.ts';
import { updateContact } from '#usecases/contacts/update-contact.ts';

const publishing = {
  publishesFieldChanges: settings.fieldChangeEvents(),
  publishesSegmentChanges: settings.segmentEvents(),
};
const stores = { apiKeys, contacts, eventBus, fieldMemory, segments, suppressions };
const live = { ...stores, ...publishing, ...settings.reading(), ...ambient };

/** `PUT /api/v1/contact/{id}` (contract 4.5). */
export const handler = endpoint(operation, live, async ({ path: { id }, body }) => {
  const updated = await updateContact(live, id, body);
  logWarnings(updated);
  return { body: updatedSentence(id), headers: warningHeader(warningText(updated.warnings)) };
});
