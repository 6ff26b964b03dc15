import { importFiles } from '#aws/imports/import-files.ts';
import { imports } from '#aws/imports/import-store.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { importRowBody } from '#contract/imports/import-response.ts';
import { listImportRows as operation } from '#contract/imports/operations.ts';
import { mapPage } from '#domain/page.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { listImportRows } from '#usecases/imports/list-import-rows.ts';

const live = { apiKeys, importFiles, imports, ...ambient };

/** `GET /admin/v1/imports/{sessionId}/rows?outcome=&warnings=`, in row order. */
export const handler = endpoint(operation, live, async ({ path, query: wanted, page }) =>
  mapPage(await listImportRows(live, { ...path, wanted, page }), importRowBody),
);
