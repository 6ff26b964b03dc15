import { contactReader } from '#aws/contact-reader.ts';
import { contacts } from '#aws/contact-store.ts';
import { erasureQueue } from '#aws/erasure-queue.ts';
import { eventLog } from '#aws/event-log.ts';
import { importFiles } from '#aws/import-files.ts';
import { imports } from '#aws/import-store.ts';
import { messages } from '#aws/message-store.ts';
import { orders } from '#aws/order-store.ts';
import { workflowRuns } from '#aws/workflow-runs.ts';
import { parseErasureWork } from '#contract/erasure-message.ts';
import { submittedIdentities } from '#contract/submitted-identities.ts';
import type { RefusedRow } from '#domain/import-session.ts';
import { ambient } from '#shared/ambient.ts';
import { fingerprint } from '#shared/fingerprint.ts';
import { onAllMessages } from '#shared/queue.ts';
import { settings } from '#shared/settings.ts';
import { eraseTraces } from '#usecases/erase-traces.ts';

const live = {
  contactReader,
  contacts,
  erasureQueue,
  eventLog,
  importFiles,
  imports,
  messages,
  orders,
  workflowRuns,
  fingerprint,
  submittedIdentities: (row: RefusedRow) => submittedIdentities(row, { defaultCountry: settings.defaultCountry() }),
  ...ambient,
};

/** Wipes what erased contacts left in segments, the event log, messages, orders, workflows and imports. */
export const handler = onAllMessages(
  (body) => parseErasureWork(body),
  (works) => eraseTraces(live, works),
);
