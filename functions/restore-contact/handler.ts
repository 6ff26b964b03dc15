import { countedContacts as contacts } from '#aws/counts/counted-contacts.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { restoreContact as operation } from '#contract/contacts/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { restoreContact } from '#usecases/contacts/restore-contact.ts';

const live = { apiKeys, contacts, ...ambient };

/** `POST /admin/v1/contacts/{id}/restoration`: takes a deletion back. */
export const handler = endpoint(operation, live, async ({ path: { id } }) => {
  await restoreContact(live, id);
  return { id };
});
