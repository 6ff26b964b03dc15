import { apiKeys } from '#aws/keys/api-key-store.ts';
import { messages } from '#aws/messages/message-store.ts';
import { listContactMessages as operation } from '#contract/messages/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';

const live = { apiKeys, messages, ...ambient };

/** `GET /admin/v1/contacts/{id}/messages`: the latest of them, the newest first. */
export const handler = endpoint(operation, live, async ({ path }) => ({ items: await live.messages.listOf(path.id) }));
