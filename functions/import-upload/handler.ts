import { fields } from '#aws/fields/field-store.ts';
import { fetchQueue } from '#aws/files/fetch-queue.ts';
import { offeredFiles } from '#aws/files/offered-files.ts';
import { offeredUploads } from '#aws/files/offered-uploads.ts';
import { imports } from '#aws/imports/import-store.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { parseImportUpload } from '#contract/files/offered-upload.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { importUpload } from '#usecases/files/import-upload.ts';

const live = { apiKeys, fetchQueue, fields, imports, offeredFiles, offeredUploads, ...ambient };

/** `POST /admin/v1/uploads/{uploadId}/import`. */
export const handler = endpoint('importUpload', live, async (request) => {
  const asked = parseImportUpload(request.optionalJson());
  const { sessionId } = await importUpload(live, { uploadId: request.uploadId(), ...asked });
  return json({ id: 0, asyncSessionId: sessionId });
});
