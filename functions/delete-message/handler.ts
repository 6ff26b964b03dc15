import { apiKeys } from '#aws/keys/api-key-store.ts';
import { templates } from '#aws/messages/template-store.ts';
import { deleteMessage as operation } from '#contract/messages/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { log } from '#shared/log.ts';
import { removeTemplate } from '#usecases/messages/manage-templates.ts';

const live = { apiKeys, templates, ...ambient };

/** `DELETE /admin/v1/messages/{id}`: removes a stored message. */
export const handler = endpoint(operation, live, async ({ path, requestId, caller }) => {
  const { id: messageId, version } = await removeTemplate(live, path.id);
  log.info('A stored message was deleted', { requestId, keyHash: caller, messageId, version });
});
