import { fields } from '#aws/fields/field-store.ts';
import { offeredFiles } from '#aws/files/offered-files.ts';
import { offeredUploads } from '#aws/files/offered-uploads.ts';
import { uploadedFiles } from '#aws/files/uploaded-files.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { filePreviewBody, namedColumns } from '#contract/files/file-preview.ts';
import { previewUpload as operation } from '#contract/files/operations.ts';
import { fileReader } from '#csv/file-reader.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import * as settings from '#shared/settings.ts';
import { previewUpload } from '#usecases/files/preview-upload.ts';

const { openFile } = fileReader(settings.uploadMaxBytes());
const reader = { openFile, nameColumns: namedColumns };
const live = { apiKeys, fields, offeredFiles, offeredUploads, uploadedFiles, ...reader, ...ambient };

/** `POST /admin/v1/uploads/{uploadId}/preview`: the first rows, as an import would read them. */
export const handler = endpoint(operation, live, async ({ path, body: options }) =>
  filePreviewBody(await previewUpload(live, { ...path, options })),
);
