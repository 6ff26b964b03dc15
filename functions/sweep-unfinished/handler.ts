import type { Context } from 'aws-lambda';
import { queueTo } from '#aws/clients/queue.ts';
import { contacts } from '#aws/contacts/contact-store.ts';
import { eventBus } from '#aws/events/event-bus.ts';
import { fetches } from '#aws/files/fetch-store.ts';
import { imports } from '#aws/imports/import-store.ts';
import { messages } from '#aws/messages/message-store.ts';
import { orders } from '#aws/orders/order-store.ts';
import { backlogIn } from '#aws/sweep/import-backlog.ts';
import { sweepMarks } from '#aws/sweep/sweep-marks.ts';
import { unfinished } from '#aws/sweep/unfinished-notes.ts';
import { workflowExecutions } from '#aws/workflows/workflow-executions.ts';
import { workflowRuns } from '#aws/workflows/workflow-runs.ts';
import { workflows } from '#aws/workflows/workflow-store.ts';
import * as queues from '#contract/queues.ts';
import { ambient } from '#shared/ambient.ts';
import { log } from '#shared/log.ts';
import { sweepImports } from '#usecases/sweep/sweep-imports.ts';
import { sweepUnfinished } from '#usecases/sweep/sweep-unfinished.ts';

const splitQueue = queueTo(queues.splits);
const chunkQueue = queueTo(queues.chunks);
const predictionQueue = queueTo(queues.predictions);
const failedChunkQueue = queueTo(queues.failedChunks);
const failedUploadQueue = queueTo(queues.failedUploads);
const erasureQueue = queueTo(queues.erasures);
const messageQueue = queueTo(queues.messages);
const segmentSendingQueue = queueTo(queues.segmentMessages);
const passed = [
  queues.fetches,
  queues.splits,
  queues.predictions,
  queues.chunks,
  queues.failedChunks,
  queues.failedUploads,
];
const backlog = backlogIn(passed);
const importPorts = { chunkQueue, failedChunkQueue, failedUploadQueue, predictionQueue, splitQueue, fetches, imports };
const erasureBacklog = backlogIn([queues.erasures]);
const executions = workflowExecutions;
const workPorts = { contacts, erasureBacklog, erasureQueue, eventBus, executions, messageQueue, messages, orders };
const runPorts = { segmentSendingQueue, unfinished, workflowRuns, workflows };
const live = { ...importPorts, ...workPorts, ...runPorts, backlog, sweepMarks, ...ambient };

/** Another page of sessions takes seconds; with less time than this the next sweep continues. */
const leastMilliseconds = 30_000;

/** Looks at what is not over, at the times of the stack's schedule: imports by their list, other work by its notes. */
export const handler = async (_event: unknown, context: Context): Promise<void> => {
  const hasTime = () => context.getRemainingTimeInMillis() > leastMilliseconds;
  log.info('Imports were swept', { ...(await sweepImports({ ...live, hasTime })) });
  log.info('Unfinished work was swept', { ...(await sweepUnfinished({ ...live, hasTime })) });
};
