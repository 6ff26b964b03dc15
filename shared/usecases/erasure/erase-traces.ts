import type { Ambient } from '#domain/ambient.ts';
import type { ContactReader, ContactStore } from '#domain/contacts/ports.ts';
import type { CountQueue } from '#domain/counts/ports.ts';
import { type Erasure, type ErasureJob, erasureJobs } from '#domain/erasure/erasure.ts';
import type { ErasureQueue } from '#domain/erasure/ports.ts';
import type { EventLog } from '#domain/events/ports.ts';
import type { ImportStore } from '#domain/imports/ports.ts';
import type { MessageStore } from '#domain/messages/ports.ts';
import type { OrderStore } from '#domain/orders/ports.ts';
import type { Proposals } from '#domain/subscriptions/ports.ts';
import { noteOfErasure, type UnfinishedNotes } from '#domain/unfinished.ts';
import type { WorkflowRuns } from '#domain/workflows/ports.ts';
import { hideMemberships } from '../segments/hide-memberships.ts';
import { removeMemberships } from './erase-contact.ts';
import { type DatedErasure, type EraseFromImportPorts, eraseFromImport } from './erase-from-import.ts';
import { settlingSeconds } from './settling.ts';

export interface EraseTracesPorts extends EraseFromImportPorts, Pick<Ambient, 'now'> {
  readonly contacts: Pick<ContactStore, 'readContacts' | 'readMemberships' | 'changeMemberships'>;
  readonly contactReader: Pick<ContactReader, 'membershipsOf'>;
  readonly eventLog: Pick<EventLog, 'forget' | 'forgetUnknown'>;
  readonly countQueue: CountQueue;
  readonly orders: Pick<OrderStore, 'forget'>;
  readonly messages: Pick<MessageStore, 'forget'>;
  readonly workflowRuns: Pick<WorkflowRuns, 'forget' | 'forgetUnknown'>;
  readonly imports: EraseFromImportPorts['imports'] & Pick<ImportStore, 'list'>;
  readonly erasureQueue: ErasureQueue;
  readonly proposals: Pick<Proposals, 'forget'>;
  readonly unfinished: Pick<UnfinishedNotes, 'forget'>;
}

/** After so long the rest of the imports is left to another message; a function lives 900 s at most (an AWS limit). */
const budgetMilliseconds = 300_000;
const importsAtOnce = 20;

/**
 * Wipes what erased contacts left behind: memberships, events of the log, messages, orders, runs of workflows, and rows and
 * outcomes of every import that is kept. What was promised and never came to be erased is dropped. Imports that still run
 * come later. Contacts that were only deleted are hidden in segments once more. Repeating it is harmless.
 */
export const eraseTraces = async (ports: EraseTracesPorts, works: readonly ErasureJob[]): Promise<void> => {
  const deadline = Date.parse(ports.now()) + budgetMilliseconds;
  await hideDeleted(ports, new Set(works.flatMap(({ deletedIds = [] }) => deletedIds)));
  for (const [cursor, alike] of Map.groupBy(works, (work) => work.cursor)) {
    const asked = alike.flatMap((work) => work.erasures);
    const erasures = asked.length > 0 ? await carriedOut(ports, asked) : [];
    if (erasures.length === 0) continue;
    if (cursor === undefined) await eraseFromTable(ports, erasures);
    const isDone = await eraseFromImports(ports, { erasures, cursor, deadline });
    if (isDone) await forgetNotes(ports, asked, erasures);
  }
};

/** Those that were restored since are left alone. */
const hideDeleted = async ({ contacts }: EraseTracesPorts, ids: ReadonlySet<number>): Promise<void> => {
  const found = ids.size > 0 ? await contacts.readContacts([...ids], []) : { contacts: [] };
  for (const { id, state } of found.contacts) if (state === 'deleted') await hideMemberships(contacts, id);
};

/** One contact may have been promised several times. */
const forgetNotes = async (
  { unfinished }: EraseTracesPorts,
  asked: readonly Erasure[],
  done: readonly Erasure[],
): Promise<void> => {
  const ids = new Set(done.map(({ contactId }) => contactId));
  for (const { promisedAt, ...erasure } of asked) {
    if (promisedAt !== undefined && ids.has(erasure.contactId)) {
      await unfinished.forget(noteOfErasure({ ...erasure, promisedAt }));
    }
  }
};

/** Those of the erasures that happened, each once, with their times. */
const carriedOut = async ({ contacts }: EraseTracesPorts, erasures: readonly Erasure[]): Promise<DatedErasure[]> => {
  const byId = new Map(erasures.map((erasure) => [erasure.contactId, erasure]));
  const found = await contacts.readContacts([...byId.keys()], []);
  return found.contacts.flatMap(({ id, state, updatedAt }) => {
    const erasure = byId.get(id);
    return erasure && state === 'erased' ? [{ ...erasure, erasedAt: updatedAt }] : [];
  });
};

const eraseFromTable = async (ports: EraseTracesPorts, erasures: readonly DatedErasure[]): Promise<void> => {
  await ports.countQueue.send([{ changed: erasures.map(({ contactId }) => contactId) }]);
  for (const { contactId, fingerprints, erasedAt } of erasures) {
    await Promise.all([
      removeMemberships(ports, contactId),
      ports.eventLog.forget(contactId),
      ports.eventLog.forgetUnknown(fingerprints, erasedAt),
      ports.orders.forget(contactId),
      ports.messages.forget(contactId),
      ports.proposals.forget(contactId),
      ports.workflowRuns.forget(contactId),
      ports.workflowRuns.forgetUnknown(fingerprints, erasedAt),
    ]);
  }
};

/** Whether nothing is left to be wiped; else what is was handed to the queue. */
const eraseFromImports = async (
  ports: EraseTracesPorts,
  given: { readonly erasures: readonly DatedErasure[]; readonly cursor: string | undefined; readonly deadline: number },
): Promise<boolean> => {
  const erasures = given.erasures.map(({ erasedAt: _, ...erasure }) => erasure);
  let isSettled = true;
  let { cursor } = given;
  do {
    const page = await ports.imports.list({ limit: importsAtOnce, ...(cursor !== undefined && { cursor }) });
    for (const session of page.items) {
      // What was submitted after an erasure is no trace of before.
      const concerned = given.erasures.filter(({ erasedAt }) => session.createdAt <= erasedAt);
      if (concerned.length > 0) isSettled = (await eraseFromImport(ports, session, concerned)) && isSettled;
    }
    cursor = page.cursor;
  } while (cursor !== undefined && Date.parse(ports.now()) < given.deadline);
  if (cursor !== undefined) await sendEach(ports, erasureJobs({ erasures, cursor }));
  if (!isSettled) await sendEach(ports, erasureJobs({ erasures }), settlingSeconds);
  return cursor === undefined && isSettled;
};

/** Several may not fit one call: what fits a message fills it. */
const sendEach = async ({ erasureQueue }: EraseTracesPorts, jobs: readonly ErasureJob[], delaySeconds?: number) => {
  for (const job of jobs) await erasureQueue.send([job], delaySeconds);
};
