import { offeredFiles } from '#aws/files/offered-files.ts';
import { offeredUploads } from '#aws/files/offered-uploads.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { createUploadResponse, parseCreateUpload } from '#contract/files/offered-upload.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { settings } from '#shared/settings.ts';
import { offerUpload } from '#usecases/files/offer-upload.ts';

const live = { apiKeys, offeredFiles, offeredUploads, ...ambient };

/** `POST /admin/v1/uploads`. */
export const handler = endpoint('createUpload', live, async (request) => {
  const asked = parseCreateUpload(request.json(), { maxBytes: settings.uploadMaxBytes() });
  return json(createUploadResponse.parse(await offerUpload(live, asked)));
});
