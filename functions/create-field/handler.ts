import { apiKeys } from '#aws/api-key-store.ts';
import { fields } from '#aws/field-store.ts';
import { fieldBody, parseCreateField } from '#contract/custom-field.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { createField } from '#usecases/create-field.ts';

const live = { apiKeys, fields, ...ambient };

/** `POST /admin/v1/fields` (contract 2.6). */
export const handler = endpoint('createField', live, async (request) =>
  json(fieldBody(await createField(live, parseCreateField(request.json())))),
);
