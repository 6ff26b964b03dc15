import { queueTo } from '#aws/clients/queue.ts';
import { contactReader } from '#aws/contacts/contact-reader.ts';
import { creations } from '#aws/contacts/creation-ledger.ts';
import { countedContacts as contacts } from '#aws/counts/counted-contacts.ts';
import { eventBus } from '#aws/events/event-bus.ts';
import { fields } from '#aws/fields/field-store.ts';
import { importFiles } from '#aws/imports/import-files.ts';
import { imports } from '#aws/imports/import-store.ts';
import { undoNotes } from '#aws/imports/undo-notes.ts';
import { messages } from '#aws/messages/message-store.ts';
import { orders } from '#aws/orders/order-store.ts';
import { segments } from '#aws/segments/segment-store.ts';
import { proposals } from '#aws/subscriptions/proposals.ts';
import { suppressions } from '#aws/subscriptions/suppression-store.ts';
import { unfinished } from '#aws/sweep/unfinished-notes.ts';
import * as queues from '#contract/queues.ts';
import { ambient } from '#shared/ambient.ts';
import { onEachMessage } from '#shared/queue.ts';
import * as settings from '#shared/settings.ts';
import { undoImport } from '#usecases/imports/undo-import.ts';

const erasureQueue = queueTo(queues.erasures);
const undoQueue = queueTo(queues.undos);
const people = { contactReader, contacts, erasureQueue, messages, orders, proposals, segments, suppressions };
const undos = { creations, imports, importFiles, undoNotes, undoQueue };
const told = { publishesRemovals: settings.removalEvents(), publishesSegmentChanges: settings.segmentEvents() };
const live = { ...people, ...undos, ...told, eventBus, fields, unfinished, ...ambient };

/** A chunk takes seconds; with less time than this another worker goes on. */
const leastMilliseconds = 60_000;

/** Undoes an import, chunk by chunk. */
export const handler = onEachMessage(queues.undos, (job, remainingTime) =>
  undoImport({ ...live, hasTime: () => remainingTime() > leastMilliseconds }, job),
);
