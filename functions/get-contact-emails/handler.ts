import { contacts } from '#aws/contacts/contact-store.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { getContactEmails as operation } from '#contract/contacts/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { getContactEmails } from '#usecases/contacts/get-contact-emails.ts';

const live = { apiKeys, contacts, ...ambient };

/** `GET /api/v1/contacts/email?ids=` (contract 4.10); one client calls the parameter `emails`. */
export const handler = endpoint(operation, live, async ({ query: ids }) => ({
  results: await getContactEmails(live, ids),
}));
