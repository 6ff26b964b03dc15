import { apiKeys } from '#aws/keys/api-key-store.ts';
import { keyBody } from '#contract/keys/keys.ts';
import { listKeys as operation } from '#contract/keys/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { listApiKeys } from '#usecases/keys/list-api-keys.ts';

const live = { apiKeys, ...ambient };

/** `GET /admin/v1/keys`: all of them in one page, by name. */
export const handler = endpoint(operation, live, async ({ apiKey }) => ({
  items: (await listApiKeys(live)).map((key) => keyBody(key, apiKey?.hash)),
}));
