import { deadLetterQueue, queueTo } from '#aws/clients/queue.ts';
import { imports } from '#aws/imports/import-store.ts';
import * as queues from '#contract/queues.ts';
import { ambient } from '#shared/ambient.ts';
import { onEachMessage } from '#shared/queue.ts';
import { giveUpUpload } from '#usecases/files/give-up-upload.ts';

const chunkQueue = queueTo(queues.chunks);
const live = { chunkQueue, deadLetterQueue, imports, ...ambient };

/** Ends an import whose file kept failing, and keeps word of it for a person. */
export const handler = onEachMessage(queues.failedUploads, (job) => giveUpUpload(live, job));
