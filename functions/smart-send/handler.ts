import { queueTo } from '#aws/clients/queue.ts';
import { countedContacts as contacts } from '#aws/counts/counted-contacts.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { messages } from '#aws/messages/message-store.ts';
import { segmentSendings } from '#aws/messages/segment-sendings.ts';
import { templates } from '#aws/messages/template-store.ts';
import { segments } from '#aws/segments/segment-store.ts';
import { suppressions } from '#aws/subscriptions/suppression-store.ts';
import { unfinished } from '#aws/sweep/unfinished-notes.ts';
import { messagesBody } from '#contract/messages/message-response.ts';
import { messageChannelsOf } from '#contract/messages/message-sender.ts';
import { smartSend as operation } from '#contract/messages/operations.ts';
import { readAudience } from '#contract/messages/recipients.ts';
import * as queues from '#contract/queues.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import * as settings from '#shared/settings.ts';
import { dispatchMessage } from '#usecases/messages/dispatch-message.ts';
import { readTemplate } from '#usecases/messages/manage-templates.ts';

const queued = { messageQueue: queueTo(queues.messages), segmentSendingQueue: queueTo(queues.segmentMessages) };
const stores = { apiKeys, contacts, messages, segmentSendings, segments, suppressions, templates, unfinished };
const channels = { messageChannels: messageChannelsOf(settings.senders) };
const live = { ...stores, ...queued, ...channels, ...ambient };

/** `POST /api/v1/message/{id}/smartsend` (contract 4.17). */
export const handler = endpoint(operation, live, async ({ path, body: { audience, ...sending } }) => {
  const { id, version, channel, content } = await readTemplate(live, path.id);
  const rule = { channel, defaultCountry: settings.defaultCountry(), params: sending.params };
  const message = { ...sending, content, template: { templateId: id, version }, isPersonal: true };
  return messagesBody(await dispatchMessage(live, { ...message, audience: readAudience(audience, rule) }));
});
