import { fields } from '#aws/fields/field-store.ts';
import { splitQueue } from '#aws/files/split-queue.ts';
import { uploadedFiles } from '#aws/files/uploaded-files.ts';
import { chunkQueue } from '#aws/imports/chunk-queue.ts';
import { importFiles } from '#aws/imports/import-files.ts';
import { imports } from '#aws/imports/import-store.ts';
import { predictionQueue } from '#aws/imports/prediction-queue.ts';
import { readColumns } from '#contract/files/file-columns.ts';
import { splitMessage } from '#contract/files/split-message.ts';
import { fileReader } from '#csv/file-reader.ts';
import { ambient } from '#shared/ambient.ts';
import { onEachMessage } from '#shared/queue.ts';
import { settings } from '#shared/settings.ts';
import { splitUpload } from '#usecases/files/split-upload.ts';

const stores = { chunkQueue, fields, importFiles, imports, predictionQueue, splitQueue, uploadedFiles };
const reader = { ...fileReader(settings.uploadMaxBytes()), readColumns, ...settings.reading() };

/** A window takes seconds; with less time than this the function hands on. */
const leastMilliseconds = 60_000;

/** Cuts an uploaded file into chunks of rows. */
export const handler = onEachMessage(
  (body) => splitMessage.parse(body),
  (message, remainingTime) =>
    splitUpload({ ...stores, ...reader, ...ambient, hasTime: () => remainingTime() > leastMilliseconds }, message),
);
