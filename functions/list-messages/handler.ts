import { apiKeys } from '#aws/keys/api-key-store.ts';
import { templates } from '#aws/messages/template-store.ts';
import { templateHeadBody } from '#contract/messages/templates.ts';
import { pageBody, parsePage } from '#contract/page.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';

const live = { apiKeys, templates, ...ambient };

/** `GET /admin/v1/messages`, ascending by id. */
export const handler = endpoint('listMessages', live, async ({ query }) => {
  const page = await live.templates.list(parsePage('messages', query));
  return json(pageBody('messages', page, templateHeadBody));
});
