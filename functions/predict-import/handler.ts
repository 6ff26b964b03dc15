import { contacts } from '#aws/contact-store.ts';
import { fields } from '#aws/field-store.ts';
import { importFiles } from '#aws/import-files.ts';
import { imports } from '#aws/import-store.ts';
import { overlayFiles } from '#aws/overlay-files.ts';
import { predictionQueue } from '#aws/prediction-queue.ts';
import { segments } from '#aws/segment-store.ts';
import { parsePrediction } from '#contract/prediction-message.ts';
import { ambient } from '#shared/ambient.ts';
import { onEachMessage } from '#shared/queue.ts';
import { predictImport } from '#usecases/predict-import.ts';

const stores = { contacts, fields, importFiles, imports, overlayFiles, predictionQueue, segments };
const live = { ...stores, ...ambient };

/** A chunk takes seconds, and as much as may be carried on a minute; whoever has less than this hands on. */
const leastMilliseconds = 120_000;

/** Says of every row what an import would do, and does none of it. */
export const handler = onEachMessage(parsePrediction, (message, remainingTime) =>
  predictImport({ ...live, hasTime: () => remainingTime() > leastMilliseconds }, message),
);
