import { countOutcomes } from '#domain/counts.ts';
import { creationEvent } from '#domain/creation-event.ts';
import type { ImportChunk, ImportSession, ImportSettings } from '#domain/import-session.ts';
import type { SaveRule } from '#domain/plan.ts';
import type {
  Ambient,
  BirthLedger,
  ChunkMessage,
  EventBus,
  FieldStore,
  ImportFiles,
  ImportStore,
  SegmentStore,
} from '#domain/ports.ts';
import { type ClosePorts, closeImport } from './close-import.ts';
import { type FilingPorts, fileContacts, followEmptied } from './file-contacts.ts';
import { publishFieldChanges } from './publish-field-changes.ts';
import type { SavedContacts, SavedRow, SavePorts } from './save-contacts.ts';
import { ruleOf, saveRows } from './save-rows.ts';

export interface ImportPorts
  extends SavePorts,
    ClosePorts,
    Pick<FilingPorts, 'tellsSegmentChanges'>,
    Pick<Ambient, 'newId'> {
  readonly births: BirthLedger;
  readonly imports: ImportStore;
  readonly importFiles: Pick<ImportFiles, 'readRows' | 'putOutcomes'>;
  readonly segments: Pick<SegmentStore, 'ensure' | 'findByNames' | 'findByIds'>;
  readonly fields: Pick<FieldStore, 'list'>;
  readonly eventBus: EventBus;
  /** Whether updates are told on the bus (contract 3.5). */
  readonly tellsFieldChanges: boolean;
}

/**
 * Imports one chunk: saves its rows, tells the workflows whom it created, files every row's outcome, and ends the chunk
 * once. A delivery that comes again, or that follows one killed half way, ends in the same contacts and events.
 */
export const importChunk = async (ports: ImportPorts, { sessionId, number }: ChunkMessage): Promise<void> => {
  const [session, chunk] = await Promise.all([
    ports.imports.find(sessionId),
    ports.imports.findChunk(sessionId, number),
  ]);
  if (!session || !chunk || session.dryRun) return;
  if (chunk.state !== 'done') await work(ports, session, chunk);
  await closeImport(ports, sessionId);
};

const work = async (ports: ImportPorts, session: ImportSession, chunk: ImportChunk): Promise<void> => {
  if (session.state === 'STARTED') await ports.imports.start(session.sessionId, ports.now());
  const rows = await ports.importFiles.readRows(chunk);
  if (rows.length !== chunk.rowCount) throw new Error(`A chunk of ${chunk.rowCount} rows has ${rows.length}`);

  const rule = await ruleOf(ports, session.settings, `${chunk.sessionId}#${chunk.number}`);
  const { outcomes, saved } = await saveRows(ports, rows, rule);
  await Promise.all([
    fileRows(ports, saved, rule),
    publishCreated(ports.eventBus, saved.rows, session.settings),
    publishFieldChanges(ports, saved.rows),
  ]);

  const outcomesKey = await ports.importFiles.putOutcomes(chunk, ports.newId(), outcomes);
  await ports.imports.endChunk({ ...chunk, state: 'done', counts: countOutcomes(outcomes), outcomesKey });
};

/** The segments were read before the rows were saved, and what has been emptied since gets its contacts once more. */
const fileRows = async (ports: ImportPorts, { rows, filings }: SavedContacts, { joins, token }: SaveRule) => {
  await fileContacts(ports, filings, token);
  const ids = rows.flatMap(({ contact }) => (contact?.state === 'active' ? contact.id : []));
  await followEmptied(ports, [...new Set(ids)], joins, token);
};

const publishCreated = async (
  eventBus: EventBus,
  saved: readonly SavedRow[],
  { eventKeyForNewContacts }: ImportSettings,
) => {
  if (eventKeyForNewContacts === undefined) return;
  const created = saved.flatMap(({ outcome, contact }) =>
    outcome === 'created' && contact && contact.state !== 'erased' ? contact : [],
  );
  await eventBus.publish(created.map((contact) => creationEvent(contact, eventKeyForNewContacts)));
};
