import { apiKeys } from '#aws/keys/api-key-store.ts';
import { protocolVersion, versionResponse } from '#contract/account/account.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import manifest from '../../package.json' with { type: 'json' };

const live = { apiKeys, ...ambient };

/** `GET /api/v1/version` and `/api/v2/version` (contract 4.15). */
export const handler = endpoint('getVersion', live, async () =>
  json(versionResponse.parse({ version: manifest.version, protocolVersion })),
);
