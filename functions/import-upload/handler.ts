import { apiKeys } from '#aws/api-key-store.ts';
import { fetchQueue } from '#aws/fetch-queue.ts';
import { fields } from '#aws/field-store.ts';
import { imports } from '#aws/import-store.ts';
import { offeredFiles } from '#aws/offered-files.ts';
import { offeredUploads } from '#aws/offered-uploads.ts';
import { parseImportUpload } from '#contract/offered-upload.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { importUpload } from '#usecases/import-upload.ts';

const live = { apiKeys, fetchQueue, fields, imports, offeredFiles, offeredUploads, ...ambient };

/** `POST /admin/v1/uploads/{uploadId}/import`. */
export const handler = endpoint('importUpload', live, async (request) => {
  const asked = parseImportUpload(request.optionalJson());
  const { sessionId } = await importUpload(live, { uploadId: request.uploadId(), ...asked });
  return json({ id: 0, asyncSessionId: sessionId });
});
