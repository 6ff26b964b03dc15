import { apiKeys } from '#aws/keys/api-key-store.ts';
import { messages } from '#aws/messages/message-store.ts';
import { messageStatusBody, parseRequestIds } from '#contract/messages/message-response.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';

const live = { apiKeys, messages, ...ambient };

/** `GET /api/v1/message/status?ids=` (contract 4.17). */
export const handler = endpoint('getMessageStatus', live, async (request) => {
  const requestIds = parseRequestIds(request.values('ids'));
  return json(messageStatusBody(requestIds, await live.messages.find(requestIds)));
});
