import { apiKeys } from '#aws/keys/api-key-store.ts';
import { templates } from '#aws/messages/template-store.ts';
import { describeMessage as operation } from '#contract/messages/operations.ts';
import { templateBody } from '#contract/messages/templates.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { readTemplate } from '#usecases/messages/manage-templates.ts';

const live = { apiKeys, templates, ...ambient };

/** `GET /admin/v1/messages/{id}`: a stored message with what it says. */
export const handler = endpoint(operation, live, async ({ path }) => templateBody(await readTemplate(live, path.id)));
