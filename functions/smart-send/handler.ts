import { apiKeys } from '#aws/api-key-store.ts';
import { contacts } from '#aws/contact-store.ts';
import { messageQueue } from '#aws/message-queue.ts';
import { messages } from '#aws/message-store.ts';
import { segmentSendingQueue } from '#aws/segment-sending-queue.ts';
import { segmentSendings } from '#aws/segment-sendings.ts';
import { segments } from '#aws/segment-store.ts';
import { suppressions } from '#aws/suppression-store.ts';
import { templates } from '#aws/template-store.ts';
import { messagesBody } from '#contract/message-response.ts';
import { messageChannelsOf } from '#contract/message-sender.ts';
import { parseSmartSendRequest } from '#contract/messages.ts';
import { readAudience } from '#contract/recipients.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { settings } from '#shared/settings.ts';
import { dispatchMessage } from '#usecases/dispatch-message.ts';
import { readTemplate } from '#usecases/manage-templates.ts';

const stores = {
  apiKeys,
  contacts,
  messageQueue,
  messages,
  segmentSendingQueue,
  segmentSendings,
  segments,
  suppressions,
  templates,
};
const live = { ...stores, messageChannels: messageChannelsOf(settings), ...ambient };

/** `POST /api/v1/message/{id}/smartsend` (contract 4.17). */
export const handler = endpoint('smartSend', live, async (request) => {
  const { audience, ...sending } = parseSmartSendRequest(request.json());
  const { id, version, channel, content } = await readTemplate(live, request.messageId());
  const rule = { channel, defaultCountry: settings.defaultCountry(), params: sending.params };
  const message = { ...sending, content, template: { templateId: id, version }, isPersonal: true };
  return json(messagesBody(await dispatchMessage(live, { ...message, audience: readAudience(audience, rule) })));
});
