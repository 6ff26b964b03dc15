import { fetchQueue } from '#aws/files/fetch-queue.ts';
import { splitQueue } from '#aws/files/split-queue.ts';
import { chunkQueue } from '#aws/imports/chunk-queue.ts';
import { imports } from '#aws/imports/import-store.ts';
import { predictionQueue } from '#aws/imports/prediction-queue.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { importBody } from '#contract/imports/import-response.ts';
import { cancelImport as operation } from '#contract/imports/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { cancelImport } from '#usecases/imports/control-import.ts';
import { describeImport } from '#usecases/imports/describe-import.ts';

const live = { apiKeys, chunkQueue, fetchQueue, imports, predictionQueue, splitQueue, ...ambient };

/** `POST /admin/v1/imports/{sessionId}/cancel`. */
export const handler = endpoint(operation, live, async ({ path: { sessionId } }) => {
  await cancelImport(live, sessionId);
  return importBody(await describeImport(live, sessionId));
});
