import { importFiles } from '#aws/imports/import-files.ts';
import { imports } from '#aws/imports/import-store.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { importStatusResponse } from '#contract/imports/import-response.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { getImportStatus } from '#usecases/imports/get-import-status.ts';

const live = { apiKeys, importFiles, imports, ...ambient };

/** `GET /api/v1/importstatus/{sessionId}` (contract 4.3). */
export const handler = endpoint('getImportStatus', live, async (request) =>
  json(importStatusResponse.parse(await getImportStatus(live, request.sessionId()))),
);
