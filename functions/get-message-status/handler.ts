import { apiKeys } from '#aws/keys/api-key-store.ts';
import { messages } from '#aws/messages/message-store.ts';
import { messageStatusBody } from '#contract/messages/message-response.ts';
import { getMessageStatus as operation } from '#contract/messages/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';

const live = { apiKeys, messages, ...ambient };

/** `GET /api/v1/message/status?ids=` (contract 4.17). */
export const handler = endpoint(operation, live, async ({ query: requestIds }) =>
  messageStatusBody(requestIds, await live.messages.find(requestIds)),
);
