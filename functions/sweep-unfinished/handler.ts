import type { Context } from 'aws-lambda';
import { queueTo } from '#aws/clients/queue.ts';
import { fetches } from '#aws/files/fetch-store.ts';
import { imports } from '#aws/imports/import-store.ts';
import { backlogIn } from '#aws/sweep/import-backlog.ts';
import { sweepMarks } from '#aws/sweep/sweep-marks.ts';
import * as queues from '#contract/queues.ts';
import { ambient } from '#shared/ambient.ts';
import { log } from '#shared/log.ts';
import { sweepImports } from '#usecases/sweep/sweep-imports.ts';

const splitQueue = queueTo(queues.splits);
const chunkQueue = queueTo(queues.chunks);
const predictionQueue = queueTo(queues.predictions);
const failedChunkQueue = queueTo(queues.failedChunks);
const failedUploadQueue = queueTo(queues.failedUploads);
const passed = [
  queues.fetches,
  queues.splits,
  queues.predictions,
  queues.chunks,
  queues.failedChunks,
  queues.failedUploads,
];
const backlog = backlogIn(passed);
const sending = { chunkQueue, failedChunkQueue, failedUploadQueue, predictionQueue, splitQueue };
const live = { ...sending, backlog, fetches, imports, sweepMarks, ...ambient };

/** Another page of sessions takes seconds; with less time than this the next sweep continues. */
const leastMilliseconds = 30_000;

/** Looks at what is not over, at the times of the stack's schedule. */
export const handler = async (_event: unknown, context: Context): Promise<void> => {
  const hasTime = () => context.getRemainingTimeInMillis() > leastMilliseconds;
  log.info('Imports were swept', { ...(await sweepImports({ ...live, hasTime })) });
};
