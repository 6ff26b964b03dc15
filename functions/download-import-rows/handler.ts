import { importFiles } from '#aws/imports/import-files.ts';
import { imports } from '#aws/imports/import-store.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { downloadImportRows as operation } from '#contract/imports/operations.ts';
import { answerBytesOf, rowsCsv } from '#contract/imports/rows-csv.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { exportImportRows } from '#usecases/imports/export-import-rows.ts';

const live = { answerBytesOf, apiKeys, importFiles, imports, ...ambient };

/** `GET /admin/v1/imports/{sessionId}/rows.csv?outcome=&warnings=`, in row order; the last line says if there are more. */
export const handler = endpoint(operation, live, async ({ path: { sessionId }, query: wanted, page, nextPage }) => {
  const { items, cursor, file } = await exportImportRows(live, { sessionId, wanted, page });
  const next = cursor === undefined ? undefined : nextPage(cursor);
  return { fileName: `rows-${sessionId}.csv`, text: rowsCsv(items, { file, next }), next };
});
