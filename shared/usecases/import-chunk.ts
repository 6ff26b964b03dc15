import { countOutcomes } from '#domain/counts.ts';
import { creationEvent } from '#domain/creation-event.ts';
import type {
  DraftRow,
  ImportChunk,
  ImportRow,
  ImportSession,
  ImportSettings,
  RefusedRow,
  RowOutcome,
} from '#domain/import-session.ts';
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
import { staticOnly } from '#domain/segment.ts';
import { type ClosePorts, closeImport } from './close-import.ts';
import { type FilingPorts, fileContacts, followEmptied } from './file-contacts.ts';
import { publishFieldChanges } from './publish-field-changes.ts';
import { type SavedContacts, type SavedRow, type SavePorts, saveContacts } from './save-contacts.ts';

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
  if (!session || !chunk) return;
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

const saveRows = async (ports: ImportPorts, rows: readonly ImportRow[], rule: SaveRule) => {
  const drafts = rows.flatMap((row) => ('draft' in row ? row.draft : []));
  const saved = await saveContacts(ports, drafts, rule);
  const remaining = saved.rows.values();
  const outcomes = rows.map((row) => ('draft' in row ? outcomeOf(row, remaining.next().value) : refusalOf(row)));
  return { outcomes, saved };
};

const ruleOf = async (ports: ImportPorts, settings: ImportSettings, token: string): Promise<SaveRule> => {
  const [definitions, joined, left] = await Promise.all([
    ports.fields.list(),
    settings.groupNames.length > 0 ? ports.segments.ensure(settings.groupNames) : [],
    settings.groupNamesExclude.length > 0 ? ports.segments.findByNames(settings.groupNamesExclude) : [],
  ]);
  return {
    dedupeOn: settings.dedupeOn,
    ...(settings.fieldId !== undefined && { fieldId: settings.fieldId }),
    ...(settings.contactFields && { mask: settings.contactFields }),
    customFieldIds: settings.customFieldsIDs,
    restoreDeleted: settings.restoreDeleted,
    confirmed: true,
    source: 'IMPORT',
    token,
    now: ports.now(),
    definitions: new Map(definitions.map((field) => [field.id, field])),
    joins: staticOnly(joined),
    leaves: staticOnly(left),
  };
};

/** The segments were read before the rows were saved, and what has been emptied since gets its contacts once more. */
const fileRows = async (ports: ImportPorts, { rows, filings }: SavedContacts, { joins, token }: SaveRule) => {
  await fileContacts(ports, filings, token);
  const ids = rows.flatMap(({ contact }) => (contact?.state === 'active' ? contact.id : []));
  await followEmptied(ports, [...new Set(ids)], joins, token);
};

const outcomeOf = (row: DraftRow, saved: SavedRow | undefined): RowOutcome => {
  if (!saved) throw new Error(`Row ${row.row} was left without an outcome`);
  const warnings = [...(row.warnings ?? []), ...saved.warnings];
  return {
    row: row.row,
    ...(row.line !== undefined && { line: row.line }),
    outcome: saved.outcome,
    dedupeValue: saved.dedupeValue,
    ...(saved.contact && { contactId: saved.contact.id }),
    ...(saved.error && { error: saved.error }),
    ...(warnings.length > 0 && { warnings }),
  };
};

const refusalOf = ({ row, line, errors }: RefusedRow): RowOutcome => {
  const [error] = errors;
  return { row, ...(line !== undefined && { line }), outcome: 'failed', ...(error && { error }) };
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
