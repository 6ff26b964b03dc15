import { importFiles } from '#aws/imports/import-files.ts';
import { imports } from '#aws/imports/import-store.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { importRowBody, parseWantedRows } from '#contract/imports/import-response.ts';
import { pageBody, parsePage } from '#contract/page.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { listImportRows } from '#usecases/imports/list-import-rows.ts';

const live = { apiKeys, importFiles, imports, ...ambient };

/** `GET /admin/v1/imports/{sessionId}/rows?outcome=&warnings=`, in row order. */
export const handler = endpoint('listImportRows', live, async (request) => {
  const wanted = parseWantedRows(request.query);
  const page = parsePage('rows', request.query);
  const rows = await listImportRows(live, { sessionId: request.sessionId(), wanted, page });
  return json(pageBody('rows', rows, importRowBody));
});
