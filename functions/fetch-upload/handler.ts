import { queueTo } from '#aws/clients/queue.ts';
import { fetches } from '#aws/files/fetch-store.ts';
import { partialFiles } from '#aws/files/partial-files.ts';
import { sealer } from '#aws/files/sealer.ts';
import { imports } from '#aws/imports/import-store.ts';
import * as queues from '#contract/queues.ts';
import { ambient } from '#shared/ambient.ts';
import { onEachMessage } from '#shared/queue.ts';
import * as settings from '#shared/settings.ts';
import { fetchUpload } from '#usecases/files/fetch-upload.ts';
import { downloadsOver } from '#web/downloads.ts';
import { guardedWeb } from '#web/guarded-web.ts';

const fetchQueue = queueTo(queues.fetches);
const splitQueue = queueTo(queues.splits);
const web = guardedWeb({ allowsHttp: settings.httpLinks(), allowsLoopback: settings.allowLoopbackLinks() });
const parts = { downloads: downloadsOver(web), fetches, partialFiles, maxBytes: settings.uploadMaxBytes() };
const live = { fetchQueue, imports, sealer, splitQueue, ...parts, ...ambient };

/** What is left of a function's time for the last pause, the last part and handing on. */
const reserveMilliseconds = 120_000;

/** Fetches the file of an import from its caller's link into the bucket. */
export const handler = onEachMessage(queues.fetches, (job, remainingTime) =>
  fetchUpload({ ...live, workMilliseconds: remainingTime() - reserveMilliseconds }, job),
);
