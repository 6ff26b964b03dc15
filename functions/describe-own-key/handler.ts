import { apiKeys } from '#aws/keys/api-key-store.ts';
import { ownKeyBody } from '#contract/keys/keys.ts';
import { describeOwnKey as operation } from '#contract/keys/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';

const live = { apiKeys, ...ambient };

/** `GET /admin/v1/own-key`: what the key of this request may do. */
export const handler = endpoint(operation, live, async ({ apiKey }) => ownKeyBody(apiKey));
