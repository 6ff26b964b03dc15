import { imports } from '#aws/imports/import-store.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { importBody } from '#contract/imports/import-response.ts';
import { pauseImport as operation } from '#contract/imports/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { pauseImport } from '#usecases/imports/control-import.ts';
import { describeImport } from '#usecases/imports/describe-import.ts';

const live = { apiKeys, imports, ...ambient };

/** `POST /admin/v1/imports/{sessionId}/pause`. */
export const handler = endpoint(operation, live, async ({ path: { sessionId } }) => {
  await pauseImport(live, sessionId);
  return importBody(await describeImport(live, sessionId));
});
