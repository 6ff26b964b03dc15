import { queueTo } from '#aws/clients/queue.ts';
import { contactReader } from '#aws/contacts/contact-reader.ts';
import { countedContacts as contacts } from '#aws/counts/counted-contacts.ts';
import { fields } from '#aws/fields/field-store.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { proposals } from '#aws/subscriptions/proposals.ts';
import { unfinished } from '#aws/sweep/unfinished-notes.ts';
import { deletedSentence } from '#contract/contacts/delete-contact.ts';
import { deleteContact as operation } from '#contract/contacts/operations.ts';
import * as queues from '#contract/queues.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { deleteContact } from '#usecases/contacts/delete-contact.ts';
import { eraseContact } from '#usecases/erasure/erase-contact.ts';

const erasureQueue = queueTo(queues.erasures);
const live = { apiKeys, contactReader, contacts, erasureQueue, fields, proposals, unfinished, ...ambient };

/** `DELETE /api/v1/contact/{id}?erase=` (contract 4.7). */
export const handler = endpoint(operation, live, async ({ path, query: { erase } }) =>
  deletedSentence(await (erase ? eraseContact(live, path) : deleteContact(live, path))),
);
