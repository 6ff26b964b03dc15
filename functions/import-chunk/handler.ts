import { creations } from '#aws/contacts/creation-ledger.ts';
import { countQueue } from '#aws/counts/count-queue.ts';
import { importedContacts as contacts } from '#aws/counts/counted-contacts.ts';
import { eventBus } from '#aws/events/event-bus.ts';
import { fields } from '#aws/fields/field-store.ts';
import { importFiles } from '#aws/imports/import-files.ts';
import { imports } from '#aws/imports/import-store.ts';
import { segments } from '#aws/segments/segment-store.ts';
import { suppressions } from '#aws/subscriptions/suppression-store.ts';
import * as queues from '#contract/queues.ts';
import { ambient } from '#shared/ambient.ts';
import { onEachMessage } from '#shared/queue.ts';
import * as settings from '#shared/settings.ts';
import { importChunk } from '#usecases/imports/import-chunk.ts';

const publishing = {
  phoneMatches: settings.phoneMatches(),
  publishesFieldChanges: settings.fieldChangeEvents(),
  publishesSegmentChanges: settings.segmentEvents(),
};
const stores = { creations, contacts, eventBus, fields, importFiles, imports, segments, suppressions };
const live = { ...stores, countQueue, ...publishing, ...ambient };

/** Imports one chunk of an import session. */
export const handler = onEachMessage(queues.chunks, (job) => importChunk(live, job));
