import { apiKeys } from '#aws/keys/api-key-store.ts';
import { templates } from '#aws/messages/template-store.ts';
import { nothing } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { log } from '#shared/log.ts';
import { removeTemplate } from '#usecases/messages/manage-templates.ts';

const live = { apiKeys, templates, ...ambient };

/** `DELETE /admin/v1/messages/{id}`: removes a stored message. */
export const handler = endpoint('deleteMessage', live, async (request) => {
  const { id: messageId, version } = await removeTemplate(live, request.messageId());
  log.info('A stored message was deleted', {
    requestId: request.requestId,
    keyHash: request.caller,
    messageId,
    version,
  });
  return nothing;
});
