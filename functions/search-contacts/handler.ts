import { contactDirectory } from '#aws/contacts/contact-directory.ts';
import { contacts } from '#aws/contacts/contact-store.ts';
import { listingPlaces } from '#aws/contacts/listing-places.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { searchContacts as operation } from '#contract/contacts/operations.ts';
import { contactRowsBody } from '#contract/contacts/search-contacts.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import * as settings from '#shared/settings.ts';
import { searchContacts } from '#usecases/contacts/search-contacts.ts';

const live = {
  apiKeys,
  contactDirectory,
  contacts,
  listingPlaces,
  defaultCountry: settings.defaultCountry(),
  ...ambient,
};

/** `GET /api/v1/contacts` (contract 4.8). */
export const handler = endpoint(operation, live, async ({ query: search, caller }) => {
  const { contacts, total } = search ? await searchContacts(live, search, caller) : { contacts: [], total: 0 };
  return { body: contactRowsBody(contacts), headers: { TotalCount: total } };
});
