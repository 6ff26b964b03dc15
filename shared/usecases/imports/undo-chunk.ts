import { identitiesOf } from '#domain/contacts/identity.ts';
import type { Erasure } from '#domain/erasure/erasure.ts';
import { erasureJobs } from '#domain/erasure/erasure.ts';
import type { ErasureQueue } from '#domain/erasure/ports.ts';
import type { EventBus } from '#domain/events/ports.ts';
import { identifyingFieldsOf } from '#domain/fields/custom-field.ts';
import type { ImportChunk } from '#domain/imports/import-session.ts';
import type { ImportFiles } from '#domain/imports/ports.ts';
import { contactRemovedEvent } from '#domain/imports/undo-events.ts';
import type { UndoneRow } from '#domain/imports/undone-rows.ts';
import { fingerprint } from '#identity/fingerprint.ts';
import { settlingSeconds } from '../erasure/settling.ts';
import type { UndoWork } from './plan-undo.ts';
import { type UndoContactPorts, type UndoneContact, undoContact } from './undo-contact.ts';
import { readWrittenRows, type WrittenRow, type WrittenRowsPorts } from './written-rows.ts';

export interface UndoChunkPorts extends Omit<UndoContactPorts, 'promiseErasure' | 'promiseHiding'> {
  readonly importFiles: WrittenRowsPorts['importFiles'] & Pick<ImportFiles, 'putUndone'>;
  readonly creations: WrittenRowsPorts['creations'];
  readonly erasureQueue: ErasureQueue;
  readonly eventBus: EventBus;
  /** Whether each removed contact is published on the bus. */
  readonly publishesRemovals: boolean;
}

/** Contacts that are worked on at once. */
const parallelContacts = 8;

/** Undoes what a chunk did to each of its contacts, and stores what became of each row. */
export const undoChunk = async (
  ports: UndoChunkPorts,
  chunk: ImportChunk & { readonly outcomesKey: string },
  work: UndoWork & { readonly known: Map<number, UndoneContact> },
): Promise<void> => {
  const { sessionId, number } = chunk;
  const rows = await readWrittenRows(ports, chunk, work.layers);
  const idsOf = (some: readonly WrittenRow[]) => some.flatMap(({ contactId }) => contactId ?? []);
  const written = idsOf(rows.filter((row) => row.written !== undefined));
  const ids = [...new Set([...written, ...(await work.layers.idsIn(chunk))])];
  const erasures = erasuresOf(ports, work);
  if (!work.dryRun) await erasures.promise(idsOf(rows.filter((row) => row.written === 'created')));

  const promises = { promiseErasure: erasures.promiseOne, promiseHiding: erasures.promiseHiding };
  const undone = new Map<number, UndoneContact>();
  for (let start = 0; start < ids.length; start += parallelContacts) {
    await Promise.all(
      ids.slice(start, start + parallelContacts).map(async (id) => {
        const known = work.known.get(id);
        const done = known ?? (await undoContact({ ...ports, ...promises }, work, id));
        undone.set(id, done);
        if (!known && isInOtherChunks(work, id, number)) work.known.set(id, done);
      }),
    );
  }

  if (!work.dryRun) await Promise.all([erasures.send(undone), publishRemovals(ports, sessionId, undone)]);
  const told = rows.map((row) => undoneRow(row, undone));
  await ports.importFiles.putUndone({ sessionId, number, dryRun: work.dryRun }, told);
};

/** Such a contact is said the same of in each of its chunks. */
const isInOtherChunks = ({ places }: UndoWork, id: number, number: number): boolean =>
  places.get(id)?.some((place) => place !== number) ?? false;

/** Erasures of a chunk, promised and asked for together, as each message walks through all imports. */
const erasuresOf = ({ contacts, erasureQueue }: UndoChunkPorts, { definitions }: UndoWork) => {
  const promised = new Map<number, Erasure>();
  const promiseAll = async (erasures: readonly Erasure[]): Promise<void> => {
    for (const erasure of erasures) promised.set(erasure.contactId, erasure);
    for (const job of erasureJobs({ erasures })) await erasureQueue.send([job], settlingSeconds);
  };

  return {
    promise: async (ids: readonly number[]): Promise<void> => {
      const { contacts: found } =
        ids.length > 0 ? await contacts.readContacts([...new Set(ids)], []) : { contacts: [] };
      const there = found.filter(({ state }) => state !== 'erased');
      const identifying = identifyingFieldsOf(definitions);
      const erasures = there.map((contact) => ({
        contactId: contact.id,
        fingerprints: identitiesOf(contact, identifying).map(fingerprint),
      }));
      await promiseAll(erasures);
    },
    promiseOne: async (erasure: Erasure): Promise<void> => {
      const before = promised.get(erasure.contactId)?.fingerprints ?? [];
      if (!erasure.fingerprints.every((one) => before.includes(one))) await promiseAll([erasure]);
    },
    promiseHiding: (contactId: number) =>
      erasureQueue.send([{ erasures: [], deletedIds: [contactId] }], settlingSeconds),
    send: async (undone: ReadonlyMap<number, UndoneContact>): Promise<void> => {
      const erasures = [...promised.values()].filter(({ contactId }) => undone.get(contactId)?.outcome === 'removed');
      for (const job of erasureJobs({ erasures })) await erasureQueue.send([job]);
    },
  };
};

const publishRemovals = async (
  { eventBus, publishesRemovals, now }: UndoChunkPorts,
  sessionId: string,
  undone: ReadonlyMap<number, UndoneContact>,
): Promise<void> => {
  if (!publishesRemovals) return;
  const removed = [...undone].filter(([, { outcome }]) => outcome === 'removed').map(([id]) => id);
  if (removed.length > 0) await eventBus.publish(removed.map((id) => contactRemovedEvent(id, sessionId, now())));
};

const undoneRow = ({ row, contactId, written }: WrittenRow, undone: ReadonlyMap<number, UndoneContact>): UndoneRow => {
  const of = contactId === undefined || written === undefined ? undefined : undone.get(contactId);
  return {
    row,
    outcome: of?.outcome ?? 'nothing',
    ...(contactId !== undefined && { contactId }),
    ...(of && of.reasons.length > 0 && { reasons: of.reasons }),
  };
};
