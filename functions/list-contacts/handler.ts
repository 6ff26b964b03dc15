import { contactReader } from '#aws/contacts/contact-reader.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { adminContactBody } from '#contract/contacts/contact-response.ts';
import { listContacts as operation } from '#contract/contacts/operations.ts';
import { mapPage } from '#domain/page.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';

const live = { apiKeys, contactReader, ...ambient };

/** `GET /admin/v1/contacts?source=`, the newest first. */
export const handler = endpoint(operation, live, async ({ query, page }) =>
  mapPage(await live.contactReader.list(query, page), (contact) => adminContactBody(contact)),
);
