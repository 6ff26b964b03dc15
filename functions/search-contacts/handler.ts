import { apiKeys } from '#aws/api-key-store.ts';
import { contactDirectory } from '#aws/contact-directory.ts';
import { contacts } from '#aws/contact-store.ts';
import { contactRowsBody, parseSearch } from '#contract/search-contacts.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { settings } from '#shared/settings.ts';
import { searchContacts } from '#usecases/search-contacts.ts';

const live = { apiKeys, contactDirectory, contacts, ...ambient };

/** `GET /api/v1/contacts` (contract 4.8). */
export const handler = endpoint('searchContacts', live, async ({ query }) => {
  const search = parseSearch(query, { defaultCountry: settings.defaultCountry() });
  const found = search ? await searchContacts(live, search) : { contacts: [], total: 0 };
  return json(contactRowsBody(found.contacts), { TotalCount: String(found.total) });
});
