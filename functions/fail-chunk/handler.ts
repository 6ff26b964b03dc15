import { deadLetterQueue } from '#aws/clients/dead-letter-queue.ts';
import { importFiles } from '#aws/imports/import-files.ts';
import { imports } from '#aws/imports/import-store.ts';
import { chunkMessage } from '#contract/imports/chunk-message.ts';
import { ambient } from '#shared/ambient.ts';
import { onEachMessage } from '#shared/queue.ts';
import { failChunk } from '#usecases/imports/fail-chunk.ts';

const live = { deadLetterQueue, importFiles, imports, ...ambient };

/** Says of a chunk that kept failing that it failed, row by row, and keeps its message for a person. */
export const handler = onEachMessage(
  (body) => chunkMessage.parse(body),
  (message) => failChunk(live, message),
);
