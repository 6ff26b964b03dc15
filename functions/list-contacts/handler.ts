import { contactReader } from '#aws/contacts/contact-reader.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { adminContactBody } from '#contract/contacts/contact-response.ts';
import { contactsQuery, pageBody, parsePage, parseQuery } from '#contract/page.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';

const live = { apiKeys, contactReader, ...ambient };

/** `GET /admin/v1/contacts?source=`, the newest first. */
export const handler = endpoint('listContacts', live, async ({ query }) => {
  const page = await live.contactReader.list(parseQuery(contactsQuery, query), parsePage('contacts', query));
  return json(pageBody('contacts', page, (contact) => adminContactBody(contact)));
});
