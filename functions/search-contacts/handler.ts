import { contactDirectory } from '#aws/contacts/contact-directory.ts';
import { contacts } from '#aws/contacts/contact-store.ts';
import { listingPlaces } from '#aws/contacts/listing-places.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { contactRowsBody, parseSearch } from '#contract/contacts/search-contacts.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { settings } from '#shared/settings.ts';
import { searchContacts } from '#usecases/contacts/search-contacts.ts';

const live = { apiKeys, contactDirectory, contacts, listingPlaces, ...ambient };

/** `GET /api/v1/contacts` (contract 4.8). */
export const handler = endpoint('searchContacts', live, async ({ query, caller }) => {
  const search = parseSearch(query, { defaultCountry: settings.defaultCountry() });
  const found = search ? await searchContacts(live, search, caller) : { contacts: [], total: 0 };
  return json(contactRowsBody(found.contacts), { TotalCount: String(found.total) });
});
