import { offeredFiles } from '#aws/files/offered-files.ts';
import { offeredUploads } from '#aws/files/offered-uploads.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { createUpload as operation } from '#contract/files/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import * as settings from '#shared/settings.ts';
import { offerUpload } from '#usecases/files/offer-upload.ts';

const live = { apiKeys, offeredFiles, offeredUploads, maxBytes: settings.uploadMaxBytes(), ...ambient };

/** `POST /admin/v1/uploads`. */
export const handler = endpoint(operation, live, async ({ body }) => offerUpload(live, body));
