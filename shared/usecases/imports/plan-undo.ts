import type { Contact } from '#domain/contacts/contact.ts';
import {
  type Claim,
  hasIdentity,
  type Identity,
  identitiesOf,
  identityKey,
  isMovable,
  isSoleOwned,
} from '#domain/contacts/identity.ts';
import { isSameContent } from '#domain/contacts/merge.ts';
import type { ContactStore } from '#domain/contacts/ports.ts';
import { type CustomField, identifyingFieldsOf } from '#domain/fields/custom-field.ts';
import {
  isUndoOf,
  type Layer,
  type RevertedContact,
  revertContact,
  sessionOf,
  type UndoNote,
  writerOf,
} from '#domain/imports/undo.ts';
import type { UndoOutcome } from '#domain/imports/undone-rows.ts';
import type { MessageStore } from '#domain/messages/ports.ts';
import type { OrderStore } from '#domain/orders/ports.ts';
import { isLeaving } from '#domain/segments/leaving.ts';
import type { SegmentEpoch } from '#domain/segments/segment.ts';
import { readUndoView, type UndoneImport, type UndoViewPorts } from './undo-view.ts';

export interface PlanUndoPorts extends UndoViewPorts {
  readonly contacts: Pick<ContactStore, 'readContacts' | 'readClaims' | 'readMemberships'>;
  readonly orders: Pick<OrderStore, 'listOf'>;
  readonly messages: Pick<MessageStore, 'findOneOf'>;
}

/** Which import is undone, with what is needed for each of its contacts. */
export interface UndoWork extends UndoneImport {
  readonly dryRun: boolean;
  /** The segments that the import's settings put those into that it created. */
  readonly segmentIds: readonly number[];
  /** The segments that the rows of a chunk name. */
  readonly segmentIdsIn: (number: number) => Promise<readonly number[]>;
  readonly definitions: ReadonlyMap<number, CustomField>;
}

/** What undoing makes of a contact, and why not more. */
export interface UndoPlan {
  readonly outcome: UndoOutcome;
  readonly reasons: readonly string[];
  /** As it is now; absent if there is none. */
  readonly contact?: Contact;
  /** What it becomes, if it stays. */
  readonly reverted?: RevertedContact;
  /** The claims of what comes back to it and only one may have, as they were read. */
  readonly claims?: readonly Claim[];
  /** The contacts of the same import that have to give something up first. */
  readonly first?: readonly number[];
  /** The segments that the import put it into when it created it. */
  readonly segmentIds?: readonly number[];
  /** Whether others wrote it since, so that a note is left for who is undone next. */
  readonly isLeft?: boolean;
  /** Whether this undo has left its note. */
  readonly isNoted?: boolean;
  /** The notes of other imports' undos that the plan knows of. */
  readonly notes?: readonly UndoNote[];
}

const nothing: UndoPlan = { outcome: 'nothing', reasons: [] };

/** How the undo of a contact came to be planned. */
export interface UndoCourse {
  /** Whom the undos came from that have to wait for this one. */
  readonly visited: ReadonlySet<number>;
  /** Whether the worker who plans left the note itself, and has written nothing yet. */
  readonly isFresh: boolean;
}

/** Plans the undo of one contact by reading alone, so that a dry run says what is then done. */
export const planUndo = async (
  ports: PlanUndoPorts,
  work: UndoWork,
  contactId: number,
  { visited, isFresh }: UndoCourse,
): Promise<UndoPlan> => {
  const view = await readUndoView(ports, work, contactId);
  const { contact, own, notes, isNoted } = view;
  if (!contact) return nothing;
  const isCreated = sessionOf(contact.createdBy) === work.sessionId;
  if (contact.state === 'erased') return { ...planErased(contact, work, isCreated || own.length > 0), notes };
  if (!isCreated && own.length === 0) return nothing;

  const sessions = new Set([work.sessionId, ...notes.map(({ sessionId }) => sessionId)]);
  const isUndone = (token: string) => sessions.has(sessionOf(token));
  const isRepeat = (isNoted && !isFresh) || isUndoOf(work.sessionId, contact.updatedBy);
  const reverted = revertContact({ ...view, contact, isUndone, isRepeat });
  const creator = notes.find(({ sessionId }) => sessionId === sessionOf(contact.createdBy));
  if (isCreated || creator) {
    const filed = await ports.contacts.readMemberships([contactId]);
    const segmentIds = creator ? creator.segmentIds : await segmentIdsOf(work, contact, filed);
    const reasons = await reasonsToStay(ports, contact, { reverted, filed, segmentIds });
    if (reasons.length === 0) return { outcome: 'removed', reasons, contact, notes };
    if (isCreated) return { outcome: 'kept', reasons, contact, segmentIds, isLeft: true, isNoted, notes };
  }
  const plan = await planRestore(ports, work, { contact, reverted, own, visited: new Set([...visited, contactId]) });
  return { ...plan, isNoted, notes };
};

/** A worker may have died between the contact and the rest of it. */
const planErased = (contact: Contact, { sessionId }: UndoWork, isOurs: boolean): UndoPlan => {
  if (!isOurs) return nothing;
  if (isUndoOf(sessionId, contact.updatedBy)) return { outcome: 'removed', reasons: [], contact };
  return { outcome: 'nothing', reasons: [`was erased since, at ${contact.updatedAt}`] };
};

/** Rows are read only if they may have named a segment. */
const segmentIdsOf = async (
  { segmentIds, segmentIdsIn }: UndoWork,
  { createdBy }: Contact,
  filed: readonly SegmentEpoch[],
): Promise<readonly number[]> =>
  filed.every((one) => isLeaving(one) || segmentIds.includes(one.segmentId))
    ? segmentIds
    : [...segmentIds, ...(await segmentIdsIn(Number(createdBy.split('#').at(-1))))];

interface Staying {
  readonly reverted: RevertedContact;
  /** The segments that it is in now. */
  readonly filed: readonly SegmentEpoch[];
  readonly segmentIds: readonly number[];
}

const reasonsToStay = async (
  { orders, messages }: PlanUndoPorts,
  contact: Contact,
  { reverted: { writer, join, leave }, filed, segmentIds }: Staying,
): Promise<string[]> => {
  const [ordered, message] = await Promise.all([
    orders.listOf(contact.id, { limit: 1 }),
    messages.findOneOf(contact.id),
  ]);
  const leaving = new Set(leave.map(({ segmentId }) => segmentId));
  const stays = filed.filter((one) => !isLeaving(one) && !leaving.has(one.segmentId));
  const joined = [...stays, ...join].filter(({ segmentId }) => !segmentIds.includes(segmentId));
  const [order] = ordered.items;
  return [
    ...(contact.confirmedAt === undefined ? [] : [`has confirmed its address, at ${contact.confirmedAt}`]),
    ...(writer === contact.createdBy ? [] : [`was changed since, at ${contact.updatedAt}`]),
    ...(filed.some(isLeaving) ? ['left a subscription category since'] : []),
    ...joined.map(({ segmentId }) => `joined segment ${segmentId} since`),
    ...(order ? [`has orders, the latest ${order.id}, at ${order.createdAt}`] : []),
    ...(message ? [`was written to, by message ${message.requestId}${at(message.createdAt)}`] : []),
  ];
};

const at = (time: string | undefined): string => (time === undefined ? '' : `, at ${time}`);

interface Restoring {
  readonly contact: Contact;
  readonly reverted: RevertedContact;
  readonly own: readonly Layer[];
  readonly visited: ReadonlySet<number>;
}

const planRestore = async (
  ports: PlanUndoPorts,
  work: UndoWork,
  { contact, reverted: wanted, own, visited }: Restoring,
): Promise<UndoPlan> => {
  const { claims, first, taken } = await ownersInTheWay(ports, work, { contact, wanted, visited });
  const reverted = taken.length === 0 ? wanted : withoutTaken(contact, wanted, taken);
  const isRepeat = isUndoOf(work.sessionId, contact.updatedBy);
  const isChanged = isRepeat || isDifferent(contact, reverted) || reverted.isBack;
  const since = isChanged ? '' : `, at ${contact.updatedAt}`;
  const reasons = [
    ...wanted.changedSince.map((name) => `${name} was changed since${since}`),
    ...taken.map(({ identity, ownerId }) => `its ${nameOf(identity)} belongs to contact ${ownerId}`),
  ];
  const outcome = isChanged ? 'restored' : reasons.length > 0 ? 'kept' : 'nothing';
  const isLeft = !isRepeat && (!wanted.isWhole || own.some(isFiling));
  return { outcome, reasons, contact, reverted, claims, first, isLeft };
};

/** Whether an import changed segments: nothing says who did so after it, as with the versions of the contact itself. */
const isFiling = ({ joined, left }: Layer): boolean => joined.length + left.length > 0;

/** Whether a contact is to be written, beside its segments: for its content, or for who counts as its last writer. */
export const isDifferent = (contact: Contact, { content, state, writer }: RevertedContact): boolean =>
  state !== contact.state || !isSameContent(contact, content) || writer !== writerOf(contact.updatedBy);

interface Taken {
  readonly identity: Identity;
  readonly ownerId: number;
}

/** Who has an identity that comes back to a contact and that only one may have: some of them will give it up. */
const ownersInTheWay = async (
  ports: PlanUndoPorts,
  work: UndoWork,
  { contact, wanted, visited }: { contact: Contact; wanted: RevertedContact; visited: ReadonlySet<number> },
): Promise<{ claims: Claim[]; first: number[]; taken: Taken[] }> => {
  const identifying = identifyingFieldsOf(work.definitions);
  const gained = identitiesOf(wanted.content, identifying).filter(
    (identity) => (isSoleOwned(identity) || isMovable(identity)) && !hasIdentity(contact, identity, identifying),
  );
  const first = new Set<number>();
  const taken: Taken[] = [];
  const claims = gained.length > 0 ? await ports.contacts.readClaims(gained) : [];
  for (const { identity, contactIds } of claims) {
    for (const ownerId of contactIds.filter((id) => id !== contact.id)) {
      const [owner] = (await ports.contacts.readContacts([ownerId], [])).contacts;
      const isTheirs = owner && owner.state !== 'erased' && hasIdentity(owner, identity, identifying);
      if (!isTheirs) continue;
      const plan = visited.has(ownerId) ? nothing : await planUndo(ports, work, ownerId, { visited, isFresh: false });
      const isGivenUp =
        plan.outcome === 'removed' || (plan.reverted && !hasIdentity(plan.reverted.content, identity, identifying));
      if (isGivenUp) first.add(ownerId);
      else taken.push({ identity, ownerId });
    }
  }
  return { claims, first: [...first], taken };
};

const withoutTaken = (contact: Contact, wanted: RevertedContact, taken: readonly Taken[]): RevertedContact => {
  const keys = new Set(taken.map(({ identity }) => identityKey(identity)));
  const { externalCustomerId, tokens, ...content } = wanted.content;
  const isTaken = [...keys].some((key) => key.startsWith('EXT#'));
  const kept = isTaken ? contact.externalCustomerId : externalCustomerId;
  const left = tokens?.filter(({ type, value }) => !keys.has(`${type === 'mobilepush' ? 'PUSH' : 'WEBPUSH'}#${value}`));
  return {
    ...wanted,
    content: {
      ...content,
      ...(kept !== undefined && { externalCustomerId: kept }),
      ...(left && left.length > 0 && { tokens: left }),
    },
  };
};

const nameOf = ({ type }: Identity): string =>
  type === 'EXT' ? 'externalCustomerId' : type === 'PUSH' ? 'mobilepush' : 'webpush';
