import { imports } from '#aws/imports/import-store.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { importBody } from '#contract/imports/import-response.ts';
import { pageBody, parsePage } from '#contract/page.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { listImports } from '#usecases/imports/describe-import.ts';

const live = { apiKeys, imports, ...ambient };

/** `GET /admin/v1/imports`, the newest first. */
export const handler = endpoint('listImports', live, async ({ query }) => {
  const page = await listImports(live, parsePage('imports', query));
  return json(pageBody('imports', page, importBody));
});
