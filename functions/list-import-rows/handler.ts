import { apiKeys } from '#aws/api-key-store.ts';
import { importFiles } from '#aws/import-files.ts';
import { imports } from '#aws/import-store.ts';
import { importRowBody, rowsQuery } from '#contract/import-response.ts';
import { pageBody, parsePage, parseQuery } from '#contract/page.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { listImportRows } from '#usecases/list-import-rows.ts';

const live = { apiKeys, importFiles, imports, ...ambient };

/** `GET /admin/v1/imports/{sessionId}/rows?outcome=`, in row order. */
export const handler = endpoint('listImportRows', live, async (request) => {
  const { outcome } = parseQuery(rowsQuery, request.query);
  const page = parsePage('rows', request.query);
  const rows = await listImportRows(live, { sessionId: request.sessionId(), page, ...(outcome && { outcome }) });
  return json(pageBody('rows', rows, importRowBody));
});
