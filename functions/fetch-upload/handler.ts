import { fetchQueue } from '#aws/files/fetch-queue.ts';
import { fetches } from '#aws/files/fetch-store.ts';
import { partialFiles } from '#aws/files/partial-files.ts';
import { sealer } from '#aws/files/sealer.ts';
import { splitQueue } from '#aws/files/split-queue.ts';
import { imports } from '#aws/imports/import-store.ts';
import { parseFetchMessage } from '#contract/files/fetch-message.ts';
import { ambient } from '#shared/ambient.ts';
import { onEachMessage } from '#shared/queue.ts';
import { settings } from '#shared/settings.ts';
import { fetchUpload } from '#usecases/files/fetch-upload.ts';
import { downloadsOver } from '#web/downloads.ts';
import { guardedWeb } from '#web/guarded-web.ts';

const web = guardedWeb({ allowsHttp: settings.httpLinks(), allowsLoopback: settings.allowLoopbackLinks() });
const parts = { downloads: downloadsOver(web), fetches, partialFiles, maxBytes: settings.uploadMaxBytes() };
const live = { fetchQueue, imports, sealer, splitQueue, ...parts, ...ambient };

/** What is left of a function's time for the last pause, the last part and handing on. */
const reserveMilliseconds = 120_000;

/** Fetches the file of an import from its caller's link into the bucket. */
export const handler = onEachMessage(parseFetchMessage, (message, remainingTime) =>
  fetchUpload({ ...live, workMilliseconds: remainingTime() - reserveMilliseconds }, message),
);
