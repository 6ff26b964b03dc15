import { apiKeys } from '#aws/api-key-store.ts';
import { contactReader } from '#aws/contact-reader.ts';
import { segments } from '#aws/segment-store.ts';
import { contactBody } from '#contract/contact-response.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { getContact } from '#usecases/get-contact.ts';

const live = { apiKeys, contactReader, segments, ...ambient };

/** `GET /api/v1/contact/{id}` (contract 4.6). */
export const handler = endpoint('getContact', live, async (request) => {
  const { contact, segments: groups } = await getContact(live, request.id());
  return json(contactBody(contact, groups));
});
