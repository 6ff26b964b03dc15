import { queueTo } from '#aws/clients/queue.ts';
import { countedContacts as contacts } from '#aws/counts/counted-contacts.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { messages } from '#aws/messages/message-store.ts';
import { segmentSendings } from '#aws/messages/segment-sendings.ts';
import { segments } from '#aws/segments/segment-store.ts';
import { suppressions } from '#aws/subscriptions/suppression-store.ts';
import { unfinished } from '#aws/sweep/unfinished-notes.ts';
import { messagesBody } from '#contract/messages/message-response.ts';
import { messageChannelsOf } from '#contract/messages/message-sender.ts';
import { sendEmail as operation } from '#contract/messages/operations.ts';
import { readAudience } from '#contract/messages/recipients.ts';
import * as queues from '#contract/queues.ts';
import { endpoint } from '#http/endpoint.ts';
import { logOtherSender } from '#http/warning-log.ts';
import { ambient } from '#shared/ambient.ts';
import * as settings from '#shared/settings.ts';
import { dispatchMessage } from '#usecases/messages/dispatch-message.ts';

const queued = { messageQueue: queueTo(queues.messages), segmentSendingQueue: queueTo(queues.segmentMessages) };
const stores = { apiKeys, contacts, messages, segmentSendings, segments, suppressions, unfinished };
const channels = { messageChannels: messageChannelsOf(settings.senders), ...settings.senders() };
const live = { ...stores, ...queued, ...channels, ...ambient };

/** `POST /api/v1/message/email` (contract 4.17). */
export const handler = endpoint(operation, live, async ({ body: { audience, ...message }, requestId }) => {
  logOtherSender({ requestId }, message.content);
  const rule = { channel: message.content.channel, defaultCountry: settings.defaultCountry(), params: {} };
  const results = await dispatchMessage(live, { ...message, params: {}, audience: readAudience(audience, rule) });
  return messagesBody(results);
});
