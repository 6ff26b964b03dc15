import { queueTo } from '#aws/clients/queue.ts';
import { fields } from '#aws/fields/field-store.ts';
import { offeredFiles } from '#aws/files/offered-files.ts';
import { offeredUploads } from '#aws/files/offered-uploads.ts';
import { imports } from '#aws/imports/import-store.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { importUpload as operation } from '#contract/files/operations.ts';
import { startedImport } from '#contract/imports/add-contacts-answer.ts';
import * as queues from '#contract/queues.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { importUpload } from '#usecases/files/import-upload.ts';

const fetchQueue = queueTo(queues.fetches);
const live = { apiKeys, fetchQueue, fields, imports, offeredFiles, offeredUploads, ...ambient };

/** `POST /admin/v1/uploads/{uploadId}/import`. */
export const handler = endpoint(operation, live, async ({ path, body, madeBy }) => {
  const { sessionId } = await importUpload(live, { ...path, ...body, ...madeBy });
  return startedImport(sessionId);
});
