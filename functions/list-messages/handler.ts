import { apiKeys } from '#aws/keys/api-key-store.ts';
import { templates } from '#aws/messages/template-store.ts';
import { listMessages as operation } from '#contract/messages/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';

const live = { apiKeys, templates, ...ambient };

/** `GET /admin/v1/messages`, ascending by id. */
export const handler = endpoint(operation, live, async ({ page }) => live.templates.list(page));
