import { apiKeys } from '#aws/keys/api-key-store.ts';
import { templates } from '#aws/messages/template-store.ts';
import { parseTemplate, templateBody } from '#contract/messages/templates.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { settings } from '#shared/settings.ts';
import { createTemplate } from '#usecases/messages/manage-templates.ts';

const live = { apiKeys, templates, ...ambient };

/** `POST /admin/v1/messages`: keeps a message that is sent by its id. */
export const handler = endpoint('createMessage', live, async (request) => {
  return json(templateBody(await createTemplate(live, parseTemplate(request.json(), settings.senders()))));
});
