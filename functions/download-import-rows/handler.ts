import { importFiles } from '#aws/imports/import-files.ts';
import { imports } from '#aws/imports/import-store.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { parseWantedRows } from '#contract/imports/import-response.ts';
import { rowsCsv } from '#contract/imports/rows-csv.ts';
import { nextPage, parsePage } from '#contract/page.ts';
import { csvFile } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { exportImportRows } from '#usecases/imports/list-import-rows.ts';

const live = { apiKeys, importFiles, imports, ...ambient };

/** `GET /admin/v1/imports/{sessionId}/rows.csv?outcome=&warnings=`, in row order; what does not fit is behind the `Link` header. */
export const handler = endpoint('downloadImportRows', live, async (request) => {
  const wanted = parseWantedRows(request.query);
  const page = parsePage('rows', request.query, csvRows);
  const sessionId = request.sessionId();
  const { items, cursor, file } = await exportImportRows(live, { sessionId, wanted, page });
  return csvFile(`rows-${sessionId}.csv`, rowsCsv(items, file), cursor && nextPage('rows', request, cursor));
});

const csvRows = { byDefault: 10_000, most: 10_000 };
