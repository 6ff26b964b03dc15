import { apiKeys } from '#aws/api-key-store.ts';
import { importFiles } from '#aws/import-files.ts';
import { imports } from '#aws/import-store.ts';
import { importStatusResponse } from '#contract/import-response.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { getImportStatus } from '#usecases/get-import-status.ts';

const live = { apiKeys, importFiles, imports, ...ambient };

/** `GET /api/v1/importstatus/{sessionId}` (contract 4.3). */
export const handler = endpoint('getImportStatus', live, async (request) =>
  json(importStatusResponse.parse(await getImportStatus(live, request.sessionId()))),
);
