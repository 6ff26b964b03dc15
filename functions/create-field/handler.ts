import { fields } from '#aws/fields/field-store.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { createField as operation } from '#contract/fields/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { createField } from '#usecases/fields/create-field.ts';

const live = { apiKeys, fields, ...ambient };

/** `POST /admin/v1/fields` (contract 2.6). */
export const handler = endpoint(operation, live, async ({ body }) => createField(live, body));
