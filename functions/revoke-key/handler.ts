import { apiKeys } from '#aws/keys/api-key-store.ts';
import { revokeKey as operation } from '#contract/keys/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { revokeApiKey } from '#usecases/keys/revoke-api-key.ts';

const live = { apiKeys, ...ambient };

/** `DELETE /admin/v1/keys/{keyId}`. */
export const handler = endpoint(operation, live, async ({ path }) => {
  await revokeApiKey(live, path.keyId);
});
