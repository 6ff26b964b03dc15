import { apiKeys } from '#aws/keys/api-key-store.ts';
import { templates } from '#aws/messages/template-store.ts';
import { replaceMessage as operation } from '#contract/messages/operations.ts';
import { templateBody } from '#contract/messages/templates.ts';
import { endpoint } from '#http/endpoint.ts';
import { logOtherSender } from '#http/warning-log.ts';
import { ambient } from '#shared/ambient.ts';
import * as settings from '#shared/settings.ts';
import { replaceTemplate } from '#usecases/messages/manage-templates.ts';

const live = { apiKeys, templates, ...settings.senders(), ...ambient };

/** `PUT /admin/v1/messages/{id}`: keeps the next version of a stored message. */
export const handler = endpoint(operation, live, async ({ path, body }) => {
  const template = await replaceTemplate(live, path.id, body);
  logOtherSender({ messageId: template.id }, template.content);
  return templateBody(template);
});
