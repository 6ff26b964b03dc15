import { queueTo } from '#aws/clients/queue.ts';
import { contactReader } from '#aws/contacts/contact-reader.ts';
import { contacts } from '#aws/contacts/contact-store.ts';
import { countQueue } from '#aws/counts/count-queue.ts';
import { eventLog } from '#aws/events/event-log.ts';
import { importFiles } from '#aws/imports/import-files.ts';
import { imports } from '#aws/imports/import-store.ts';
import { messages } from '#aws/messages/message-store.ts';
import { orders } from '#aws/orders/order-store.ts';
import { proposals } from '#aws/subscriptions/proposals.ts';
import { unfinished } from '#aws/sweep/unfinished-notes.ts';
import { workflowRuns } from '#aws/workflows/workflow-runs.ts';
import * as queues from '#contract/queues.ts';
import { ambient } from '#shared/ambient.ts';
import { onAllMessages } from '#shared/queue.ts';
import * as settings from '#shared/settings.ts';
import { eraseTraces } from '#usecases/erasure/erase-traces.ts';

const erasureQueue = queueTo(queues.erasures);
const live = {
  contactReader,
  contacts,
  countQueue,
  erasureQueue,
  eventLog,
  importFiles,
  imports,
  messages,
  orders,
  proposals,
  workflowRuns,
  defaultCountry: settings.defaultCountry(),
  unfinished,
  ...ambient,
};

/** Wipes what erased contacts left in segments, the event log, messages, orders, workflows and imports. */
export const handler = onAllMessages(queues.erasures, (jobs) => eraseTraces(live, jobs));
