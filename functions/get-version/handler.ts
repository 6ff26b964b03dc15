import { apiKeys } from '#aws/keys/api-key-store.ts';
import { protocolVersion } from '#contract/account/account.ts';
import { getVersion as operation } from '#contract/account/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import manifest from '../../package.json' with { type: 'json' };

const live = { apiKeys, ...ambient };

/** `GET /api/v1/version` and `/api/v2/version` (contract 4.15). */
export const handler = endpoint(operation, live, async () => ({ version: manifest.version, protocolVersion }));
