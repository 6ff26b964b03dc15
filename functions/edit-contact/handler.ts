import { contacts } from '#aws/contacts/contact-store.ts';
import { fieldMemory } from '#aws/fields/field-memory.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { segments } from '#aws/segments/segment-store.ts';
import { suppressions } from '#aws/subscriptions/suppression-store.ts';
import { editContact as operation } from '#contract/contacts/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import * as settings from '#shared/settings.ts';
import { editContact } from '#usecases/contacts/edit-contact.ts';

const stores = { apiKeys, contacts, fieldMemory, segments, suppressions };
const live = { ...stores, ...settings.identities(), ...ambient };

/** `PUT /admin/v1/contacts/{id}`: what a person changes about a contact that nobody else changed meanwhile. */
export const handler = endpoint(operation, live, async ({ path: { id }, body }) => {
  const warnings = await editContact(live, id, body);
  return { id, warnings: warnings.map(({ message }) => message) };
});
