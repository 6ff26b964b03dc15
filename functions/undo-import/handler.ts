import { queueTo } from '#aws/clients/queue.ts';
import { imports } from '#aws/imports/import-store.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { importBody } from '#contract/imports/import-response.ts';
import { undoImport as operation } from '#contract/imports/operations.ts';
import * as queues from '#contract/queues.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { describeImport } from '#usecases/imports/describe-import.ts';
import { startUndo } from '#usecases/imports/start-undo.ts';

const live = { apiKeys, imports, undoQueue: queueTo(queues.undos), ...ambient };

/** `POST /admin/v1/imports/{sessionId}/undo`. */
export const handler = endpoint(operation, live, async ({ path: { sessionId }, body }) => {
  await startUndo(live, sessionId, body);
  return importBody(await describeImport(live, sessionId));
});
