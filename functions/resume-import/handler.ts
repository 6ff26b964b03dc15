import { queueTo } from '#aws/clients/queue.ts';
import { imports } from '#aws/imports/import-store.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { importBody } from '#contract/imports/import-response.ts';
import { resumeImport as operation } from '#contract/imports/operations.ts';
import * as queues from '#contract/queues.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { resumeImport } from '#usecases/imports/control-import.ts';
import { describeImport } from '#usecases/imports/describe-import.ts';

const fetchQueue = queueTo(queues.fetches);
const splitQueue = queueTo(queues.splits);
const chunkQueue = queueTo(queues.chunks);
const predictionQueue = queueTo(queues.predictions);
const undoQueue = queueTo(queues.undos);
const live = { apiKeys, chunkQueue, fetchQueue, imports, predictionQueue, splitQueue, undoQueue, ...ambient };

/** `POST /admin/v1/imports/{sessionId}/resume`. */
export const handler = endpoint(operation, live, async ({ path: { sessionId } }) => {
  await resumeImport(live, sessionId);
  return importBody(await describeImport(live, sessionId));
});
