import { births } from '#aws/birth-ledger.ts';
import { contacts } from '#aws/contact-store.ts';
import { eventBus } from '#aws/event-bus.ts';
import { fields } from '#aws/field-store.ts';
import { importFiles } from '#aws/import-files.ts';
import { imports } from '#aws/import-store.ts';
import { segments } from '#aws/segment-store.ts';
import { chunkMessage } from '#contract/chunk-message.ts';
import { ambient } from '#shared/ambient.ts';
import { onEachMessage } from '#shared/queue.ts';
import { settings } from '#shared/settings.ts';
import { importChunk } from '#usecases/import-chunk.ts';

const telling = { tellsFieldChanges: settings.fieldChangeEvents(), tellsSegmentChanges: settings.segmentEvents() };
const live = { births, contacts, eventBus, fields, importFiles, imports, segments, ...telling, ...ambient };

/** Imports one chunk of an import session. */
export const handler = onEachMessage(
  (body) => chunkMessage.parse(body),
  (message) => importChunk(live, message),
);
