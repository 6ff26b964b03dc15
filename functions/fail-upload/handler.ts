import { deadLetterQueue } from '#aws/clients/dead-letter-queue.ts';
import { chunkQueue } from '#aws/imports/chunk-queue.ts';
import { imports } from '#aws/imports/import-store.ts';
import { failedUploadMessage } from '#contract/files/failed-upload-message.ts';
import { ambient } from '#shared/ambient.ts';
import { onEachMessage } from '#shared/queue.ts';
import { giveUpUpload } from '#usecases/files/give-up-upload.ts';

const live = { chunkQueue, deadLetterQueue, imports, ...ambient };

/** Ends an import whose file kept failing, and keeps word of it for a person. */
export const handler = onEachMessage(
  (body) => failedUploadMessage.parse(body),
  (message) => giveUpUpload(live, message),
);
