import { queueTo } from '#aws/clients/queue.ts';
import { fields } from '#aws/fields/field-store.ts';
import { uploadedFiles } from '#aws/files/uploaded-files.ts';
import { imports } from '#aws/imports/import-store.ts';
import { rowObjects } from '#aws/imports/row-objects.ts';
import { segments } from '#aws/segments/segment-store.ts';
import { readColumns } from '#contract/files/file-columns.ts';
import * as queues from '#contract/queues.ts';
import { fileReader } from '#csv/file-reader.ts';
import { ambient } from '#shared/ambient.ts';
import { onEachMessage } from '#shared/queue.ts';
import * as settings from '#shared/settings.ts';
import { splitUpload } from '#usecases/files/split-upload.ts';

const splitQueue = queueTo(queues.splits);
const chunkQueue = queueTo(queues.chunks);
const predictionQueue = queueTo(queues.predictions);
const queuesToFill = { chunkQueue, predictionQueue, splitQueue };
const stores = { ...queuesToFill, fields, importFiles: rowObjects, imports, segments, uploadedFiles };
const reader = { ...fileReader(settings.uploadMaxBytes()), readColumns, ...settings.reading() };

/** A window takes seconds; with less time than this the function hands on. */
const leastMilliseconds = 60_000;

/** Cuts an uploaded file into chunks of rows. */
export const handler = onEachMessage(queues.splits, (job, remainingTime) =>
  splitUpload({ ...stores, ...reader, ...ambient, hasTime: () => remainingTime() > leastMilliseconds }, job),
);
