import { apiKeys } from '#aws/keys/api-key-store.ts';
import { templates } from '#aws/messages/template-store.ts';
import * as operations from '#contract/messages/operations.ts';
import { storedMessageBody, storedMessageRow } from '#contract/messages/stored-messages.ts';
import { endpoint } from '#http/endpoint.ts';
import { sharedEndpoint } from '#http/shared-endpoint.ts';
import { logOtherSender } from '#http/warning-log.ts';
import { ambient } from '#shared/ambient.ts';
import * as settings from '#shared/settings.ts';
import {
  createTemplate,
  readTemplateOf,
  removeTemplateOf,
  updateTemplate,
} from '#usecases/messages/manage-templates.ts';
import { searchTemplates } from '#usecases/messages/search-templates.ts';

const live = { apiKeys, templates, ...settings.senders(), ...ambient };

/** The stored messages of a channel, and what SMS are from, as the vendor's API shows them (contract 4.17). */
export const handler = sharedEndpoint<'storedMessages'>({
  'GET /api/v1/messages/{channel}': endpoint(operations.searchStoredMessages, live, async ({ path, query }) => {
    const { rows, total } = await searchTemplates(live, { ...path, ...query });
    return { body: rows.map(storedMessageRow), headers: { TotalCount: total } };
  }),
  'POST /api/v1/messages/{channel}': endpoint(operations.addStoredMessage, live, async ({ path, body: draftFor }) => {
    const template = await createTemplate(live, draftFor(path.channel));
    logOtherSender({ messageId: template.id }, template.content);
    return template;
  }),
  'GET /api/v1/messages/{channel}/{id}': endpoint(operations.getStoredMessage, live, async ({ path }) =>
    storedMessageBody(await readTemplateOf(live, path)),
  ),
  'PUT /api/v1/messages/{channel}/{id}': endpoint(operations.updateStoredMessage, live, async ({ path, body }) => {
    const template = await updateTemplate(live, path, body);
    logOtherSender({ messageId: template.id }, template.content);
    return template;
  }),
  'DELETE /api/v1/messages/{channel}/{id}': endpoint(operations.removeStoredMessage, live, ({ path }) =>
    removeTemplateOf(live, path),
  ),
  'GET /api/v1/interfaces/sms': endpoint(operations.listSmsSenders, live, async () => live.smsSenders),
});
