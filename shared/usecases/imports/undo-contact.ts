import type { Contact } from '#domain/contacts/contact.ts';
import { type Claim, identitiesOf, identityKey } from '#domain/contacts/identity.ts';
import type { ContactStore } from '#domain/contacts/ports.ts';
import type { Change, SaveView, WriteRule } from '#domain/contacts/working-state.ts';
import { type Erasure, erasedContact } from '#domain/erasure/erasure.ts';
import { identifyingFieldsOf } from '#domain/fields/custom-field.ts';
import type { UndoNotes } from '#domain/imports/ports.ts';
import { type RevertedContact, underWay, undoToken } from '#domain/imports/undo.ts';
import type { UndoOutcome } from '#domain/imports/undone-rows.ts';
import type { SegmentStore } from '#domain/segments/ports.ts';
import type { SegmentEpoch } from '#domain/segments/segment.ts';
import { fingerprint } from '#identity/fingerprint.ts';
import { commitChanges } from '../contacts/commit-changes.ts';
import { type ErasePorts, removeMemberships } from '../erasure/erase-contact.ts';
import { retryOnConflict } from '../retry-on-conflict.ts';
import { changeMemberships, type MembershipPorts } from '../segments/change-memberships.ts';
import { hideMemberships } from '../segments/hide-memberships.ts';
import { isDifferent, type PlanUndoPorts, planUndo, type UndoPlan, type UndoWork } from './plan-undo.ts';
import { isOutdated } from './undo-view.ts';

export interface UndoContactPorts extends PlanUndoPorts, Omit<ErasePorts, 'erasureQueue' | 'fields'> {
  readonly contacts: ContactStore;
  readonly undoNotes: UndoNotes;
  readonly segments: Pick<SegmentStore, 'findByIds'>;
  readonly eventBus: MembershipPorts['eventBus'];
  readonly publishesSegmentChanges: boolean;
  /** Has the traces of a contact wiped, if its erasure comes to pass. */
  readonly promiseErasure: (erasure: Erasure) => Promise<void>;
  /** Has the memberships of a contact hidden once more, if it comes to be deleted. */
  readonly promiseHiding: (contactId: number) => Promise<void>;
}

/** What became of a contact, and why not more. */
export interface UndoneContact {
  readonly outcome: UndoOutcome;
  readonly reasons: readonly string[];
}

/**
 * Undoes what an import did to a contact. One that it created goes without a trace if nothing has touched it since; one that
 * it updated gets former values back where they still are what the import wrote. Repeating it changes nothing.
 */
export const undoContact = (
  ports: UndoContactPorts,
  work: UndoWork,
  contactId: number,
  visited: ReadonlySet<number> = new Set(),
): Promise<UndoneContact> => {
  let isFresh = false;
  return retryOnConflict(ports, async () => {
    const plan = await planUndo(ports, work, contactId, { visited, isFresh });
    const { contact, first = [], notes = [] } = plan;
    if (work.dryRun || !contact) return plan;
    for (const id of first) await undoContact(ports, work, id, new Set([...visited, contactId]));
    if (first.length > 0) return undefined;
    if (plan.isLeft && !plan.isNoted) {
      await leaveNote(ports, work, { ...plan, contact }, underWay);
      isFresh = true;
      return undefined;
    }
    if (!(await isCarriedOut(ports, work, { ...plan, contact }))) return undefined;
    isFresh = false;
    if (await isOutdated(ports, work, { contactId, notes })) return undefined;
    if (plan.isNoted) await leaveNote(ports, work, { ...plan, contact }, ports.now());
    return plan;
  });
};

type PlanOfContact = UndoPlan & { readonly contact: Contact };

const isCarriedOut = async (ports: UndoContactPorts, work: UndoWork, plan: PlanOfContact): Promise<boolean> => {
  const { contact, reverted, outcome } = plan;
  if (outcome === 'removed') return remove(ports, work, contact);
  return reverted && outcome === 'restored' ? restore(ports, work, { ...plan, reverted }) : true;
};

const leaveNote = (
  { undoNotes }: UndoContactPorts,
  { sessionId, createdAt, places }: UndoWork,
  { contact: { id }, segmentIds = [] }: PlanOfContact,
  undoneAt: string,
): Promise<void> => {
  const chunks = places.get(id) ?? [];
  return undoNotes.put({ sessionId, importedAt: createdAt, contactId: id, undoneAt, chunks, segmentIds });
};

const remove = async (ports: UndoContactPorts, work: UndoWork, contact: Contact): Promise<boolean> => {
  if (contact.state !== 'erased') {
    const identities = identitiesOf(contact, identifyingFieldsOf(work.definitions));
    await ports.promiseErasure({ contactId: contact.id, fingerprints: identities.map(fingerprint) });
    const by = { token: undoToken(work.sessionId, contact.createdBy), now: ports.now() };
    if (!(await isCommitted(ports, work, { base: contact, contact: erasedContact(contact, by) }))) return false;
  }
  // A worker may have died between the contact and these.
  await Promise.all([removeMemberships(ports, contact.id), ports.proposals.forget(contact.id)]);
  return true;
};

const restore = async (
  ports: UndoContactPorts,
  work: UndoWork,
  {
    contact,
    reverted,
    claims = [],
  }: { readonly contact: Contact; readonly reverted: RevertedContact; readonly claims?: readonly Claim[] },
): Promise<boolean> => {
  if (reverted.state === 'deleted') await ports.promiseHiding(contact.id);
  if (isDifferent(contact, reverted)) {
    const written: Contact = {
      ...reverted.content,
      id: contact.id,
      source: contact.source,
      state: reverted.state,
      createdAt: contact.createdAt,
      createdBy: contact.createdBy,
      version: contact.version + 1,
      updatedAt: ports.now(),
      updatedBy: undoToken(work.sessionId, reverted.writer),
    };
    if (!(await isCommitted(ports, work, { base: contact, contact: written, claims }))) return false;
  }
  await restoreMemberships(ports, contact.id, { ...reverted, token: undoToken(work.sessionId, reverted.writer) });
  return true;
};

/** Writes a contact with its identities, unless another writer was faster. */
const isCommitted = async (
  { contacts }: UndoContactPorts,
  { definitions }: UndoWork,
  {
    base,
    contact,
    claims = [],
  }: { readonly base: Contact; readonly contact: Contact; readonly claims?: readonly Claim[] },
): Promise<boolean> => {
  const read = await contacts.readClaims(identitiesOf(contact, identifyingFieldsOf(definitions)));
  const view: SaveView = {
    // Those that were read first are the ones that the plan stands on.
    claims: new Map([...read, ...claims].map((claim) => [identityKey(claim.identity), claim])),
    contacts: new Map(),
    memberships: new Map(),
  };
  const { updatedBy: token, updatedAt: now, source } = contact;
  const rule: WriteRule = { token, now, source, definitions, joins: [], leaves: [] };
  const change: Change = { base, contact, join: [], leave: [], after: [] };
  const refused = await commitChanges({ contacts, noteCreations: async () => {} }, [change], view, rule);
  return !refused.has(change);
};

/** What people see of segments is told like any other joining and leaving; an epoch that is over changes without a word. */
const restoreMemberships = async (
  ports: UndoContactPorts,
  contactId: number,
  { join, leave, state, token }: RevertedContact & { readonly token: string },
): Promise<void> => {
  const { contacts, segments, publishesSegmentChanges } = ports;
  const isTold = publishesSegmentChanges && state === 'active' && join.length + leave.length > 0;
  const ids = [...new Set([...join, ...leave].map(({ segmentId }) => segmentId))];
  const found = isTold ? await segments.findByIds(ids) : [];
  const current = ({ segmentId, epoch }: SegmentEpoch) =>
    found.find((segment) => segment.id === segmentId && segment.epoch === epoch);
  const seen = (epochs: readonly SegmentEpoch[]) =>
    epochs.flatMap((one) => current(one) ?? []).map((segment) => ({ contactId, segment }));
  const unseen = (epochs: readonly SegmentEpoch[]) =>
    epochs.filter((one) => !current(one)).map((epoch) => ({ ...epoch, contactId }));
  const changes = { add: seen(join), remove: seen(leave), show: unseen(join), drop: unseen(leave) };
  await changeMemberships(ports, changes, token);
  if (state === 'deleted') await hideMemberships(contacts, contactId);
};
