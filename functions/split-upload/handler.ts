import { chunkQueue } from '#aws/chunk-queue.ts';
import { fields } from '#aws/field-store.ts';
import { importFiles } from '#aws/import-files.ts';
import { imports } from '#aws/import-store.ts';
import { predictionQueue } from '#aws/prediction-queue.ts';
import { splitQueue } from '#aws/split-queue.ts';
import { uploadedFiles } from '#aws/uploaded-files.ts';
import { readColumns } from '#contract/file-columns.ts';
import { splitMessage } from '#contract/split-message.ts';
import { fileReader } from '#csv/file-reader.ts';
import { ambient } from '#shared/ambient.ts';
import { onEachMessage } from '#shared/queue.ts';
import { settings } from '#shared/settings.ts';
import { splitUpload } from '#usecases/split-upload.ts';

const stores = { chunkQueue, fields, importFiles, imports, predictionQueue, splitQueue, uploadedFiles };
const reader = { ...fileReader(settings.uploadMaxBytes()), readColumns, defaultCountry: settings.defaultCountry() };

/** A window takes seconds; whoever has less than this hands on. */
const leastMilliseconds = 60_000;

/** Cuts an uploaded file into chunks of rows. */
export const handler = onEachMessage(
  (body) => splitMessage.parse(body),
  (message, remainingTime) =>
    splitUpload({ ...stores, ...reader, ...ambient, hasTime: () => remainingTime() > leastMilliseconds }, message),
);
