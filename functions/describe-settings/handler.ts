import { apiKeys } from '#aws/keys/api-key-store.ts';
import { describeSettings as operation } from '#contract/keys/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import * as settings from '#shared/settings.ts';

const live = { apiKeys, ...ambient };

/** `GET /admin/v1/settings`: as the stage runs with them. */
export const handler = endpoint(operation, live, async () => settings.inForce());
