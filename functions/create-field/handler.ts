import { fields } from '#aws/fields/field-store.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { fieldBody, parseCreateField } from '#contract/fields/custom-field.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { createField } from '#usecases/fields/create-field.ts';

const live = { apiKeys, fields, ...ambient };

/** `POST /admin/v1/fields` (contract 2.6). */
export const handler = endpoint('createField', live, async (request) =>
  json(fieldBody(await createField(live, parseCreateField(request.json())))),
);
