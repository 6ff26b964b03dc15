import { apiKeys } from '#aws/keys/api-key-store.ts';
import { getAccountInfo as operation } from '#contract/account/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import * as settings from '#shared/settings.ts';

const live = { apiKeys, ...ambient };

/** `GET /api/v1/account/info` (contract 4.15). */
export const handler = endpoint(operation, live, async () => ({
  orgId: settings.organisationId(),
  userEmail: settings.accountEmail(),
  organisationName: settings.organisationName(),
}));
