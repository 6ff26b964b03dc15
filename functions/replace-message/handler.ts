import { apiKeys } from '#aws/keys/api-key-store.ts';
import { templates } from '#aws/messages/template-store.ts';
import { parseTemplate, templateBody } from '#contract/messages/templates.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { settings } from '#shared/settings.ts';
import { replaceTemplate } from '#usecases/messages/manage-templates.ts';

const live = { apiKeys, templates, ...ambient };

/** `PUT /admin/v1/messages/{id}`: keeps the next version of a stored message. */
export const handler = endpoint('replaceMessage', live, async (request) => {
  const draft = parseTemplate(request.json(), settings.senders());
  return json(templateBody(await replaceTemplate(live, request.messageId(), draft)));
});
