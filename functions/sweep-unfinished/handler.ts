import type { Context } from 'aws-lambda';
import { fetches } from '#aws/files/fetch-store.ts';
import { splitQueue } from '#aws/files/split-queue.ts';
import { chunkQueue } from '#aws/imports/chunk-queue.ts';
import { imports } from '#aws/imports/import-store.ts';
import { predictionQueue } from '#aws/imports/prediction-queue.ts';
import { failedChunkQueue, failedUploadQueue } from '#aws/sweep/failure-queues.ts';
import { importBacklog as backlog } from '#aws/sweep/import-backlog.ts';
import { sweepMarks } from '#aws/sweep/sweep-marks.ts';
import { ambient } from '#shared/ambient.ts';
import { log } from '#shared/log.ts';
import { sweepImports } from '#usecases/sweep/sweep-imports.ts';

const queues = { chunkQueue, failedChunkQueue, failedUploadQueue, predictionQueue, splitQueue };
const live = { ...queues, backlog, fetches, imports, sweepMarks, ...ambient };

/** Another page of sessions takes seconds; with less time than this the next sweep continues. */
const leastMilliseconds = 30_000;

/** Looks at what is not over, at the times of the stack's schedule. */
export const handler = async (_event: unknown, context: Context): Promise<void> => {
  const hasTime = () => context.getRemainingTimeInMillis() > leastMilliseconds;
  log.info('Imports were swept', { ...(await sweepImports({ ...live, hasTime })) });
};
