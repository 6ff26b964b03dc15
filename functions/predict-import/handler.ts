import { queueTo } from '#aws/clients/queue.ts';
import { contacts } from '#aws/contacts/contact-store.ts';
import { fields } from '#aws/fields/field-store.ts';
import { importFiles } from '#aws/imports/import-files.ts';
import { imports } from '#aws/imports/import-store.ts';
import { overlayFiles } from '#aws/imports/overlay-files.ts';
import { segments } from '#aws/segments/segment-store.ts';
import * as queues from '#contract/queues.ts';
import { ambient } from '#shared/ambient.ts';
import { onEachMessage } from '#shared/queue.ts';
import * as settings from '#shared/settings.ts';
import { predictImport } from '#usecases/imports/predict-import.ts';

const predictionQueue = queueTo(queues.predictions);
const stores = { contacts, fields, importFiles, imports, overlayFiles, predictionQueue, segments };
const live = { ...stores, phoneMatches: settings.phoneMatches(), ...ambient };

/** A chunk takes seconds, and as much as may be carried on a minute; with less time than this the function hands on. */
const leastMilliseconds = 120_000;

/** Says of every row what an import would do, and does none of it. */
export const handler = onEachMessage(queues.predictions, (job, remainingTime) =>
  predictImport({ ...live, hasTime: () => remainingTime() > leastMilliseconds }, job),
);
