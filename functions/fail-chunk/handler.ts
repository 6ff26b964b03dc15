import { deadLetterQueue } from '#aws/clients/queue.ts';
import { importFiles } from '#aws/imports/import-files.ts';
import { imports } from '#aws/imports/import-store.ts';
import * as queues from '#contract/queues.ts';
import { ambient } from '#shared/ambient.ts';
import { onEachMessage } from '#shared/queue.ts';
import { failChunk } from '#usecases/imports/fail-chunk.ts';

const live = { deadLetterQueue, importFiles, imports, ...ambient };

/** Says of a chunk that kept failing that it failed, row by row, and keeps its message for a person. */
export const handler = onEachMessage(queues.failedChunks, (job) => failChunk(live, job));
