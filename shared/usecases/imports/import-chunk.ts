import type { Ambient } from '#domain/ambient.ts';
import { suppressionsOf } from '#domain/contacts/consent.ts';
import type { Contact, ContactDraft } from '#domain/contacts/contact.ts';
import type { PhoneMatches } from '#domain/contacts/match.ts';
import { contentOf } from '#domain/contacts/merge.ts';
import type { SaveRule } from '#domain/contacts/plan.ts';
import type { CreationLedger } from '#domain/contacts/ports.ts';
import { joinsOf, membershipKey, type SaveView } from '#domain/contacts/working-state.ts';
import type { CountQueue } from '#domain/counts/ports.ts';
import { creationEvent } from '#domain/events/creation-event.ts';
import type { EventBus } from '#domain/events/ports.ts';
import type { FieldStore } from '#domain/fields/ports.ts';
import { countOutcomes } from '#domain/imports/counts.ts';
import type { ImportChunk, ImportRow, ImportSession, ImportSettings } from '#domain/imports/import-session.ts';
import type { ChunkJob, ImportFiles, ImportStore } from '#domain/imports/ports.ts';
import type { FormerContact } from '#domain/imports/undo.ts';
import type { SegmentStore } from '#domain/segments/ports.ts';
import { epochOf } from '#domain/segments/segment.ts';
import type { SuppressionStore } from '#domain/subscriptions/ports.ts';
import type { Suppression } from '#domain/subscriptions/suppression.ts';
import { publishFieldChanges } from '../contacts/publish-field-changes.ts';
import type { FormerChange, SavedContacts, SavedRow, SavePorts } from '../contacts/save-contacts.ts';
import { tellCreated } from '../counts/tell-created.ts';
import { changeMemberships, followEmptied, type MembershipPorts } from '../segments/change-memberships.ts';
import { type ClosePorts, closeImport } from './close-import.ts';
import { ruleOf, saveRows, segmentNamesIn } from './save-rows.ts';
import { skipChunk } from './skip-chunk.ts';

export interface ImportPorts
  extends SavePorts,
    ClosePorts,
    Pick<MembershipPorts, 'publishesSegmentChanges'>,
    Pick<Ambient, 'newId'> {
  readonly creations: CreationLedger;
  readonly imports: ImportStore;
  readonly importFiles: Pick<ImportFiles, 'readRows' | 'putOutcomes' | 'putFormer'>;
  readonly segments: Pick<SegmentStore, 'ensure' | 'findByNames' | 'findByIds'>;
  readonly fields: Pick<FieldStore, 'list'>;
  readonly phoneMatches?: PhoneMatches;
  readonly eventBus: EventBus;
  readonly countQueue: CountQueue;
  readonly suppressions: Pick<SuppressionStore, 'add'>;
  /** Whether updates are told on the bus (contract 3.5). */
  readonly publishesFieldChanges: boolean;
}

/**
 * Imports one chunk: saves its rows, publishes which contacts it created, stores every row's outcome, and ends the
 * chunk once. A delivery that comes again, or that follows a crash half way, ends in the same contacts and events.
 */
export const importChunk = async (ports: ImportPorts, { sessionId, number }: ChunkJob): Promise<void> => {
  const [session, chunk] = await Promise.all([
    ports.imports.find(sessionId),
    ports.imports.findChunk(sessionId, number),
  ]);
  // A paused session sends its chunks again when it is resumed.
  if (!session || !chunk || session.state === 'PAUSED') return;
  const isSkipped = session.state === 'CANCELLED' && (await skipChunk(ports, chunk));
  if (session.dryRun && !isSkipped) return;
  if (!isSkipped && chunk.state !== 'done') await work(ports, session, chunk);
  await closeImport(ports, sessionId);
};

const work = async (ports: ImportPorts, session: ImportSession, chunk: ImportChunk): Promise<void> => {
  if (session.state === 'STARTED') await ports.imports.start(session.sessionId, ports.now());
  if (!(await ports.imports.beginChunk(chunk))) return;
  const rows = await ports.importFiles.readRows(chunk);
  if (rows.length !== chunk.rowCount) throw new Error(`A chunk of ${chunk.rowCount} rows has ${rows.length}`);

  const rule = await ruleOf(ports, session.settings, {
    token: `${chunk.sessionId}#${chunk.number}`,
    segmentNames: segmentNamesIn(rows),
  });
  const noteFormer = (changes: readonly FormerChange[], view: SaveView) =>
    keepFormer(
      ports,
      chunk,
      changes.flatMap((change) => formerOf(change, view, ports.now())),
    );
  // Anyone who said no must not be there for a moment without it, and it counts even where the row fails.
  await suppress(ports, session, refusedAddresses(rows, session.createdAt));
  const { outcomes, saved } = await saveRows({ ...ports, noteFormer }, rows, rule);
  await suppress(ports, session, refusedContacts(rows, saved, session.createdAt));
  await Promise.all([
    fileRows(ports, { ...saved, drafts: rows.filter((row) => 'draft' in row).map(({ draft }) => draft) }, rule),
    publishCreated(ports.eventBus, createdIn(saved.rows), session.settings),
    publishFieldChanges(ports, saved.rows),
    tellCreated(ports, createdIn(saved.rows)),
  ]);

  const outcomesKey = await ports.importFiles.putOutcomes(chunk, ports.newId(), outcomes);
  await ports.imports.endChunk({ ...chunk, state: 'done', counts: countOutcomes(outcomes), outcomesKey });
};

/** Keeps contacts as they were, so that the import can be undone: before they are written, as a worker may die afterwards. */
const keepFormer = async (
  { importFiles, newId }: ImportPorts,
  chunk: ImportChunk,
  former: readonly FormerContact[],
): Promise<void> => {
  if (former.length > 0) await importFiles.putFormer(chunk, newId(), former);
};

const formerOf = ({ change, rows }: FormerChange, { memberships }: SaveView, notedAt: string): FormerContact[] => {
  const { base, contact, join, leave } = change;
  if (!base || (contact === base && join.length + leave.length === 0)) return [];
  // A deleted contact is in its segments already, where they do not show it.
  const joined = join.map(epochOf).filter((epoch) => !memberships.has(membershipKey({ ...epoch, contactId: base.id })));
  return [
    {
      contactId: base.id,
      rows,
      version: base.version,
      notedAt,
      updatedBy: base.updatedBy,
      before: contentOf(base),
      after: contentOf(contact),
      stateBefore: base.state,
      stateAfter: contact.state,
      isWritten: contact !== base,
      joined,
      left: leave.map(epochOf),
    },
  ];
};

const suppress = async (
  { suppressions }: ImportPorts,
  { sessionId }: ImportSession,
  suppressed: readonly Suppression[],
): Promise<void> => {
  if (suppressed.length > 0) await suppressions.add(suppressed.map((one) => ({ ...one, importedBy: [sessionId] })));
};

const refusedAddresses = (rows: readonly ImportRow[], now: string): Suppression[] =>
  rows.flatMap((row) => {
    const { email, sms } = 'draft' in row ? row.draft : {};
    return row.refusals ? suppressionsOf([email, sms, ...(row.addresses ?? [])], row.refusals, now) : [];
  });

/** Anyone who is known by something else is not written to at the addresses that are stored. */
const refusedContacts = (rows: readonly ImportRow[], saved: SavedContacts, now: string): Suppression[] => {
  const drafts = rows.filter((row) => 'draft' in row);
  return drafts.flatMap(({ draft, refusals }, index) => {
    const contact = saved.rows[index]?.contact;
    if (!refusals || !contact) return [];
    const others = [contact.email, contact.sms].filter((address) => address !== draft.email && address !== draft.sms);
    return suppressionsOf(others, refusals, now);
  });
};

/** The segments were read before the rows were saved, and what has been emptied since gets its contacts once more. */
const fileRows = async (
  ports: ImportPorts,
  { rows, membershipChanges, drafts }: SavedContacts & { readonly drafts: readonly ContactDraft[] },
  rule: SaveRule,
) => {
  await changeMemberships(ports, membershipChanges, rule.token);
  const joined = rows.flatMap(({ contact }, index) =>
    contact?.state === 'active'
      ? joinsOf(drafts[index] ?? {}, rule).map((segment) => ({ contactId: contact.id, segment }))
      : [],
  );
  const distinct = new Map(joined.map((one) => [`${one.contactId}#${one.segment.id}`, one]));
  await followEmptied(ports, [...distinct.values()], rule.token);
};

const publishCreated = async (
  eventBus: EventBus,
  created: readonly Contact[],
  { eventKeyForNewContacts }: ImportSettings,
) => {
  if (eventKeyForNewContacts === undefined) return;
  await eventBus.publish(created.map((contact) => creationEvent(contact, eventKeyForNewContacts)));
};

const createdIn = (saved: readonly SavedRow[]): Contact[] =>
  saved.flatMap(({ outcome, contact }) =>
    outcome === 'created' && contact && contact.state !== 'erased' ? contact : [],
  );
