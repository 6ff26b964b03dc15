import { contactReader } from '#aws/contacts/contact-reader.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { segments } from '#aws/segments/segment-store.ts';
import { contactBody } from '#contract/contacts/contact-response.ts';
import { getContact as operation } from '#contract/contacts/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { getContact } from '#usecases/contacts/get-contact.ts';

const live = { apiKeys, contactReader, segments, ...ambient };

/** `GET /api/v1/contact/{id}` (contract 4.6). */
export const handler = endpoint(operation, live, async ({ path }) => {
  const { contact, segments: groups } = await getContact(live, path.id);
  return contactBody(contact, groups);
});
