import { fields } from '#aws/fields/field-store.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { listFields as operation } from '#contract/fields/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';

const live = { apiKeys, fields, ...ambient };

/** `GET /admin/v1/fields`: all of them in one page, ascending by id. */
export const handler = endpoint(operation, live, async () => ({ items: await live.fields.list() }));
