import { contactReader } from '#aws/contacts/contact-reader.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { templates } from '#aws/messages/template-store.ts';
import { previewMessage as operation } from '#contract/messages/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { previewTemplate } from '#usecases/messages/preview-template.ts';

const live = { apiKeys, contactReader, templates, ...ambient };

/** `GET /admin/v1/messages/{id}/preview?contactId=`. */
export const handler = endpoint(operation, live, async ({ path, query: { contactId } }) =>
  previewTemplate(live, path.id, contactId),
);
