import { importFiles } from '#aws/imports/import-files.ts';
import { imports } from '#aws/imports/import-store.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { getImportStatus as operation } from '#contract/imports/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { getImportStatus } from '#usecases/imports/get-import-status.ts';

const live = { apiKeys, importFiles, imports, ...ambient };

/** `GET /api/v1/importstatus/{sessionId}` (contract 4.3). */
export const handler = endpoint(operation, live, async ({ path }) => getImportStatus(live, path.sessionId));
