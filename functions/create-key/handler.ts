import { apiKeys } from '#aws/keys/api-key-store.ts';
import { segments } from '#aws/segments/segment-store.ts';
import { createdKeyBody } from '#contract/keys/keys.ts';
import { createKey as operation } from '#contract/keys/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { secretKey } from '#shared/secret-key.ts';
import { createApiKey } from '#usecases/keys/create-api-key.ts';

const live = { apiKeys, segments, ...ambient };

/** `POST /admin/v1/keys`: answers the key this once. */
export const handler = endpoint(operation, live, async ({ body }) => {
  const { key, hash } = secretKey();
  return createdKeyBody(await createApiKey(live, { hash, ...body }), key);
});
