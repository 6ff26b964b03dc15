import { imports } from '#aws/imports/import-store.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { importBody } from '#contract/imports/import-response.ts';
import { listImports as operation } from '#contract/imports/operations.ts';
import { mapPage } from '#domain/page.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { listImports } from '#usecases/imports/describe-import.ts';

const live = { apiKeys, imports, ...ambient };

/** `GET /admin/v1/imports`, the newest first. */
export const handler = endpoint(operation, live, async ({ page }) =>
  mapPage(await listImports(live, page), importBody),
);
