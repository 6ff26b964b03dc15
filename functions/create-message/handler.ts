import { apiKeys } from '#aws/keys/api-key-store.ts';
import { templates } from '#aws/messages/template-store.ts';
import { createMessage as operation } from '#contract/messages/operations.ts';
import { templateBody } from '#contract/messages/templates.ts';
import { endpoint } from '#http/endpoint.ts';
import { logOtherSender } from '#http/warning-log.ts';
import { ambient } from '#shared/ambient.ts';
import * as settings from '#shared/settings.ts';
import { createTemplate } from '#usecases/messages/manage-templates.ts';

const live = { apiKeys, templates, ...settings.senders(), ...ambient };

/** `POST /admin/v1/messages`: keeps a message that is sent by its id. */
export const handler = endpoint(operation, live, async ({ body }) => {
  const template = await createTemplate(live, body);
  logOtherSender({ messageId: template.id }, template.content);
  return templateBody(template);
});
