import { contactReader } from '#aws/contacts/contact-reader.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { segments } from '#aws/segments/segment-store.ts';
import { suppressions } from '#aws/subscriptions/suppression-store.ts';
import { adminContactBody } from '#contract/contacts/contact-response.ts';
import { describeContact as operation } from '#contract/contacts/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { describeContact } from '#usecases/contacts/get-contact.ts';

const live = { apiKeys, contactReader, segments, suppressions, ...ambient };

/** `GET /admin/v1/contacts/{id}`. */
export const handler = endpoint(operation, live, async ({ path }) => {
  const { contact, ...found } = await describeContact(live, path.id);
  return adminContactBody(contact, found);
});
