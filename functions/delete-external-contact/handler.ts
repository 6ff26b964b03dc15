import { apiKeys } from '#aws/api-key-store.ts';
import { contactReader } from '#aws/contact-reader.ts';
import { contacts } from '#aws/contact-store.ts';
import { erasureQueue } from '#aws/erasure-queue.ts';
import { fields } from '#aws/field-store.ts';
import { deletedSentence, deleteExternalQuery } from '#contract/delete-contact.ts';
import { parseQuery } from '#contract/page.ts';
import { sentence } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { fingerprint } from '#shared/fingerprint.ts';
import { deleteContact } from '#usecases/delete-contact.ts';
import { eraseContact } from '#usecases/erase-contact.ts';

const live = { apiKeys, contactReader, contacts, erasureQueue, fields, fingerprint, ...ambient };

/** `DELETE /api/v1/contact?externalCustomerId=&erase=` (contract 4.7). */
export const handler = endpoint('deleteExternalContact', live, async ({ query }) => {
  const { erase, ...name } = parseQuery(deleteExternalQuery, query);
  return sentence(deletedSentence(await (erase ? eraseContact(live, name) : deleteContact(live, name))));
});
