import { importFiles } from '#aws/imports/import-files.ts';
import { imports } from '#aws/imports/import-store.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { parseWantedRows } from '#contract/imports/import-response.ts';
import { answerBytesOf, rowsCsv } from '#contract/imports/rows-csv.ts';
import { nextPage, parsePage } from '#contract/page.ts';
import { csvFile } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { exportImportRows } from '#usecases/imports/list-import-rows.ts';

const live = { answerBytesOf, apiKeys, importFiles, imports, ...ambient };

/** `GET /admin/v1/imports/{sessionId}/rows.csv?outcome=&warnings=`, in row order; the last line says if there are more. */
export const handler = endpoint('downloadImportRows', live, async (request) => {
  const wanted = parseWantedRows(request.query);
  const page = parsePage('rows', request.query, csvRows);
  const sessionId = request.sessionId();
  const { items, cursor, file } = await exportImportRows(live, { sessionId, wanted, page });
  const next = cursor === undefined ? undefined : nextPage('rows', request, cursor);
  return csvFile(`rows-${sessionId}.csv`, rowsCsv(items, { file, next }), next);
});

const csvRows = { byDefault: 50_000, most: 50_000 };
