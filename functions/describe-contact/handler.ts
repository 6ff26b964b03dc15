import { apiKeys } from '#aws/api-key-store.ts';
import { contactReader } from '#aws/contact-reader.ts';
import { segments } from '#aws/segment-store.ts';
import { suppressions } from '#aws/suppression-store.ts';
import { adminContactBody } from '#contract/contact-response.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { describeContact } from '#usecases/get-contact.ts';

const live = { apiKeys, contactReader, segments, suppressions, ...ambient };

/** `GET /admin/v1/contacts/{id}`. */
export const handler = endpoint('describeContact', live, async (request) => {
  const { contact, ...found } = await describeContact(live, request.id());
  return json(adminContactBody(contact, found));
});
