import type { Contact } from '#domain/contacts/contact.ts';
import { identitiesOf, identityKey, isSoleOwned } from '#domain/contacts/identity.ts';
import type { ContactStore } from '#domain/contacts/ports.ts';
import type { Change, SaveView } from '#domain/contacts/working-state.ts';
import { type CustomField, identifyingFieldsOf } from '#domain/fields/custom-field.ts';
import { type FormerContact, restoredContent } from '#domain/imports/undo.ts';
import type { UndoOutcome } from '#domain/imports/undone-rows.ts';
import type { MessageStore } from '#domain/messages/ports.ts';
import type { OrderStore } from '#domain/orders/ports.ts';
import { hiddenMemberships, isLeaving } from '#domain/segments/leaving.ts';
import type { SegmentEpoch } from '#domain/segments/segment.ts';
import { commitChanges } from '../contacts/commit-changes.ts';
import { type ErasePorts, eraseContact, removeMemberships } from '../erasure/erase-contact.ts';
import { retryOnConflict } from '../retry-on-conflict.ts';
import { storeMembershipChanges } from '../segments/change-memberships.ts';

export interface UndoContactPorts extends ErasePorts {
  readonly contacts: ContactStore;
  readonly orders: Pick<OrderStore, 'listOf'>;
  readonly messages: Pick<MessageStore, 'findOneOf'>;
}

/** What is to be undone of one contact. */
export interface UndoTask {
  readonly contactId: number;
  /** The chunk that wrote it, as the token of its writes. */
  readonly token: string;
  /** What the token of every write of the import begins with. */
  readonly ownTokens: string;
  /** The segments that the import put it into when it created it. */
  readonly segmentIds: ReadonlySet<number>;
  readonly former: FormerContact | undefined;
  readonly definitions: ReadonlyMap<number, CustomField>;
  readonly dryRun: boolean;
}

/** What became of a contact, and why not more. */
export interface UndoneContact {
  readonly outcome: UndoOutcome;
  readonly reasons: readonly string[];
}

const undoToken = ({ token }: UndoTask): string => `undo ${token}`;

/**
 * Undoes what a chunk of an import did to a contact. One that it created goes without a trace if nothing has touched it since;
 * one that it updated gets former values back where they still are what the chunk wrote. Repeating it changes nothing.
 */
export const undoContact = (ports: UndoContactPorts, task: UndoTask): Promise<UndoneContact> =>
  retryOnConflict(ports, async () => {
    const [contact] = (await ports.contacts.readContacts([task.contactId], [])).contacts;
    if (!contact) return { outcome: 'nothing', reasons: [] };
    if (contact.createdBy === task.token) return removeCreated(ports, contact, task);
    return task.former ? restoreUpdated(ports, contact, { ...task, former: task.former }) : nothing;
  });

const nothing: UndoneContact = { outcome: 'nothing', reasons: [] };

const removeCreated = async (
  ports: UndoContactPorts,
  contact: Contact,
  task: UndoTask,
): Promise<UndoneContact | undefined> => {
  if (contact.state === 'erased') {
    // A worker may have died between the contact and its memberships.
    if (!task.dryRun) await removeMemberships(ports, contact.id);
    return { outcome: 'removed', reasons: [] };
  }
  const reasons = await reasonsToKeep(ports, contact, task);
  if (reasons.length > 0) return { outcome: 'kept', reasons };
  if (!task.dryRun) await eraseContact(ports, { id: contact.id });
  return { outcome: 'removed', reasons: [] };
};

const reasonsToKeep = async (
  { contacts, orders, messages }: UndoContactPorts,
  contact: Contact,
  { ownTokens, segmentIds }: UndoTask,
): Promise<string[]> => {
  const [memberships, ordered, message] = await Promise.all([
    contacts.readMemberships([contact.id]),
    orders.listOf(contact.id, { limit: 1 }),
    messages.findOneOf(contact.id),
  ]);
  return [
    ...(contact.updatedBy.startsWith(ownTokens) ? [] : [`changed since, at ${contact.updatedAt}`]),
    ...(memberships.some(isLeaving) ? ['left a subscription category since'] : []),
    ...(memberships.every((one) => isLeaving(one) || segmentIds.has(one.segmentId))
      ? []
      : ['joined another segment since']),
    ...(ordered.items.length > 0 ? ['has orders'] : []),
    ...(message ? ['was written to'] : []),
  ];
};

const restoreUpdated = async (
  ports: UndoContactPorts,
  contact: Contact,
  task: UndoTask & { readonly former: FormerContact },
): Promise<UndoneContact | undefined> => {
  if (contact.state === 'erased') return nothing;
  if (contact.updatedBy === undoToken(task)) {
    if (!task.dryRun) await restoreMemberships(ports, contact, task);
    return { outcome: 'restored', reasons: [] };
  }
  const { content, restored, changedSince } = restoredContent(contact, task.former);
  const isRestoredContact = task.former.stateBefore === 'deleted' && contact.state === 'active';
  const reasons = changedSince.map((member) => `${member} was changed since`);
  const hasMemberships = task.former.joined.length + task.former.left.length > 0;
  if (restored.length === 0 && !isRestoredContact && !hasMemberships) {
    return { outcome: reasons.length > 0 ? 'kept' : 'nothing', reasons };
  }
  const state = isRestoredContact ? 'deleted' : contact.state;
  const written: Contact = {
    ...content,
    id: contact.id,
    source: contact.source,
    state,
    createdAt: contact.createdAt,
    createdBy: contact.createdBy,
    version: contact.version + 1,
    updatedAt: ports.now(),
    updatedBy: undoToken(task),
  };
  const verdict = await commit(ports, contact, written, task);
  if (verdict === 'lost') return undefined;
  if (verdict === 'owned') return { outcome: 'kept', reasons: ['its externalCustomerId belongs to another contact'] };
  if (!task.dryRun) await restoreMemberships(ports, written, task);
  return { outcome: 'restored', reasons };
};

/** Writes a contact with its identities; `owned` if another contact has an identity that only one may have. */
const commit = async (
  { contacts }: UndoContactPorts,
  base: Contact,
  contact: Contact,
  { definitions, dryRun }: UndoTask,
): Promise<'done' | 'lost' | 'owned'> => {
  const identities = identitiesOf(contact, identifyingFieldsOf(definitions));
  const claims = await contacts.readClaims(identities);
  const isOwned = claims.some(
    ({ identity, contactIds }) => isSoleOwned(identity) && contactIds.some((id) => id !== contact.id),
  );
  if (isOwned) return 'owned';
  if (dryRun) return 'done';
  const view: SaveView = {
    claims: new Map(claims.map((claim) => [identityKey(claim.identity), claim])),
    contacts: new Map(),
    memberships: new Map(),
  };
  const { updatedBy: token, updatedAt: now, source } = contact;
  const rule = { token, now, source, definitions, joins: [], leaves: [] };
  const change: Change = { base, contact, join: [], leave: [], after: [] };
  const refused = await commitChanges({ contacts, noteCreations: async () => {} }, [change], view, rule);
  return refused.has(change) ? 'lost' : 'done';
};

const restoreMemberships = async (
  { contacts }: UndoContactPorts,
  { id, state }: Contact,
  { former: { joined, left } }: { readonly former: FormerContact },
): Promise<void> => {
  const own = (epochs: readonly SegmentEpoch[]) => epochs.map((epoch) => ({ ...epoch, contactId: id }));
  await storeMembershipChanges(contacts, { add: [], remove: [], show: own(left), drop: own(joined) });
  if (state !== 'deleted') return;
  const hidden = hiddenMemberships(await contacts.readMemberships([id]));
  if (hidden.length > 0) await contacts.changeMemberships({ add: hidden, remove: [] });
};
