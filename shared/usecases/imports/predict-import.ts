import type { Ambient } from '#domain/ambient.ts';
import type { Contact } from '#domain/contacts/contact.ts';
import type { PhoneMatches } from '#domain/contacts/match.ts';
import type { SaveRule } from '#domain/contacts/plan.ts';
import { identifyingFieldsOf } from '#domain/fields/custom-field.ts';
import type { FieldStore } from '#domain/fields/ports.ts';
import { countOutcomes } from '#domain/imports/counts.ts';
import { type ImportChunk, type ImportSession, isOver, type RowOutcome } from '#domain/imports/import-session.ts';
import type { ImportFiles, ImportStore, OverlayFiles, PredictionQueue } from '#domain/imports/ports.ts';
import { emptyOverlay, maxCarried, type Overlay, type PredictionJob } from '#domain/imports/prediction.ts';
import type { SegmentStore } from '#domain/segments/ports.ts';
import { readMentions } from '../erasure/read-mentions.ts';
import { storeMembershipChanges } from '../segments/change-memberships.ts';
import { type ClosePorts, closeImport } from './close-import.ts';
import { failPrediction } from './fail-prediction.ts';
import { isHeld, parkJob } from './park-job.ts';
import { type PredictedContacts, predictedContacts, type ReadableContacts } from './predicted-contacts.ts';
import { predictedSegments } from './predicted-segments.ts';
import { ruleOf, saveRows } from './save-rows.ts';

export interface PredictPorts extends ClosePorts, Ambient {
  readonly imports: ImportStore;
  readonly importFiles: Pick<ImportFiles, 'readRows' | 'putOutcomes'>;
  readonly contacts: ReadableContacts;
  readonly segments: Pick<SegmentStore, 'findByNames'>;
  readonly fields: Pick<FieldStore, 'list'>;
  readonly phoneMatches?: PhoneMatches;
  readonly overlayFiles: OverlayFiles;
  readonly predictionQueue: PredictionQueue;
  /** See `OverlayRule`. */
  readonly leastForgotten?: number;
  /** See `OverlayRule`. */
  readonly mostCarried?: number;
  /** Whether another chunk fits into the time that is left. */
  readonly hasTime: () => boolean;
}

/**
 * Dry-runs an import: takes its chunks one after another through the write path of contacts, which writes to an overlay
 * that the next ones read through, and stores what would become of each row. A repeat begins where the overlay of the
 * message ends, and changes nothing that is stored.
 */
export const predictImport = async (ports: PredictPorts, message: PredictionJob): Promise<void> => {
  const { sessionId, from = 1, overlay: carried } = message;
  const session = await ports.imports.find(sessionId);
  const overlay = carried ? await ports.overlayFiles.read(carried) : emptyOverlay();
  if (session?.state === 'PAUSED' && (await parkJob(ports.imports, session, { queue: 'prediction', message }))) return;
  if (session && !isOver(session) && overlay) await goOn(ports, { session, overlay, from });
  if (carried) await ports.overlayFiles.remove(carried);
};

const goOn = async (
  ports: PredictPorts,
  { session, overlay, from }: { readonly session: ImportSession; readonly overlay: Overlay; readonly from: number },
): Promise<void> => {
  const { sessionId } = session;
  if (session.state === 'STARTED') await ports.imports.start(sessionId, ports.now());
  const chunks = (await ports.imports.listChunks(sessionId)).filter(({ number }) => number >= from);
  if (chunks.every(({ state }) => state === 'done')) return closeImport(ports, sessionId);
  const next = await predictChunks(ports, { session, chunks, overlay });
  if (next === undefined) return closeImport(ports, sessionId);
  const stored = await ports.overlayFiles.put(sessionId, ports.newId(), overlay);
  const message = { sessionId, from: next, overlay: stored };
  const now = await ports.imports.find(sessionId);
  const isParked = now?.state === 'PAUSED' && (await parkJob(ports.imports, now, { queue: 'prediction', message }));
  if (!isParked) await ports.predictionQueue.send([message]);
};

interface Prediction {
  readonly session: ImportSession;
  readonly chunks: readonly ImportChunk[];
  readonly overlay: Overlay;
}

/** Predicts chunks until there are no more, or no time is left: then it returns the next one's number. */
const predictChunks = async (
  ports: PredictPorts,
  { session, chunks, overlay }: Prediction,
): Promise<number | undefined> => {
  const segments = predictedSegments(ports.segments);
  const rule = await ruleOf({ ...ports, segments }, session.settings, {
    token: session.sessionId,
    // All of them at once, so that each that would be made has one id for every worker.
    segmentNames: (session.file?.segments ?? []).map(({ name }) => name),
  });
  const mentions = await readMentions(ports.importFiles, chunks, rule);
  const identifying = identifyingFieldsOf(rule.definitions);
  const contacts = predictedContacts(ports.contacts, overlay, {
    mentions,
    identifying,
    leastForgotten: ports.leastForgotten,
    mostCarried: ports.mostCarried,
  });
  for (const [index, chunk] of chunks.entries()) {
    await predictChunk(ports, { contacts, chunk, rule });
    if (contacts.forgetUntil(chunk.number)) {
      await failPrediction(ports, session.sessionId, carriesTooMuch);
      return undefined;
    }
    const next = chunks[index + 1];
    if (next && (!ports.hasTime() || (await isHeld(ports.imports, session)))) return next.number;
  }
  return undefined;
};

const predictChunk = async (
  ports: PredictPorts,
  { contacts, chunk, rule }: { contacts: PredictedContacts; chunk: ImportChunk; rule: SaveRule },
): Promise<void> => {
  const rows = await ports.importFiles.readRows(chunk);
  const token = `${chunk.sessionId}#${chunk.number}`;
  const { outcomes, saved } = await saveRows({ contacts, pause: ports.pause }, rows, {
    ...rule,
    token,
    now: ports.now(),
  });
  await storeMembershipChanges(contacts, saved.membershipChanges);
  if (chunk.state === 'done') return;
  const ownIds = saved.rows.flatMap(({ contact }) => (isOwn(contact, chunk) ? contact.id : []));
  const predicted = withoutIds(outcomes, new Set(ownIds));
  const outcomesKey = await ports.importFiles.putOutcomes(chunk, ports.newId(), predicted);
  await ports.imports.endChunk({ ...chunk, state: 'done', counts: countOutcomes(predicted), outcomesKey });
};

/** Whether a contact is one that this import would create: no real contact will have its id. */
const isOwn = (contact: Contact | undefined, { sessionId }: ImportChunk): contact is Contact =>
  contact?.createdBy.startsWith(`${sessionId}#`) ?? false;

const withoutIds = (outcomes: readonly RowOutcome[], ids: ReadonlySet<number>): RowOutcome[] =>
  outcomes.map(({ contactId, ...outcome }) =>
    contactId === undefined || ids.has(contactId) ? outcome : { ...outcome, contactId },
  );

const carriesTooMuch = `A dry run remembers at most ${maxCarried.toLocaleString('en')} contacts that rows further down mention again; try the file in parts`;
