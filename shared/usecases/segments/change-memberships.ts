import type { Ambient } from '#domain/ambient.ts';
import type { ContactStore } from '#domain/contacts/ports.ts';
import { membershipKey } from '#domain/contacts/working-state.ts';
import type { EventBus } from '#domain/events/ports.ts';
import { type ContactInSegment, canBeLeft, leavingOf } from '#domain/segments/leaving.ts';
import type { Membership, SegmentStore } from '#domain/segments/ports.ts';
import { epochOf } from '#domain/segments/segment.ts';
import { segmentEvent } from '#domain/segments/segment-event.ts';

export interface MembershipPorts extends Pick<Ambient, 'now'> {
  readonly contacts: Pick<ContactStore, 'readContacts' | 'changeMemberships'>;
  readonly eventBus: EventBus;
  /** Whether joining and leaving segments is published on the bus. */
  readonly publishesSegmentChanges: boolean;
}

/** One contact that joins or leaves one segment, as it was read. */
export interface MembershipChange extends ContactInSegment {
  /** The person asked to join: only so is somebody in a subscription category again who has left it. */
  readonly isAskedFor?: true;
  /** The contact was created by this very request, so that it has left nothing before. */
  readonly isNew?: true;
}

/** Contacts that join segments, and contacts that leave them. */
export interface MembershipChanges {
  readonly add: readonly MembershipChange[];
  readonly remove: readonly MembershipChange[];
  /** Subscription categories that people do not want to be in, whether they are or not: nobody else puts them there again. */
  readonly refuse?: readonly ContactInSegment[];
  /** Memberships of restored contacts, which count again. */
  readonly show?: readonly Membership[];
  /** Memberships that go without a word. */
  readonly drop?: readonly Membership[];
}

/**
 * Adds contacts to segments and removes them, and publishes it if the stage wants to know. Events come first: a repeat
 * of a request that crashed in between finds the changes done and has nothing more to publish. Returns who joined: not
 * those who have left a subscription category, unless they ask for it.
 */
export const changeMemberships = async (
  ports: MembershipPorts,
  changes: MembershipChanges,
  token: string,
): Promise<readonly MembershipChange[]> => {
  // Who subscribes is in the segments at once: nothing is waited for that need not be.
  const wanted = mayBeLeft(changes) ? await withoutLeft(ports.contacts, changes) : changes;
  if (ports.publishesSegmentChanges) await publishChanges(ports, wanted, token);
  const overtaken = await write(ports.contacts, wanted);
  if (ports.publishesSegmentChanges) await publishChanges(ports, { add: [], remove: overtaken }, token);
  return wanted.add.filter((change) => !overtaken.includes(change));
};

const publishChanges = async (
  { eventBus, now }: MembershipPorts,
  { add, remove }: Pick<MembershipChanges, 'add' | 'remove'>,
  token: string,
): Promise<void> => {
  if (add.length + remove.length === 0) return;
  const occurredAt = now();
  await eventBus.publish([
    ...remove.map((change) => segmentEvent('contactRemovedFromSegment', { ...change, token, occurredAt })),
    ...add.map((change) => segmentEvent('contactAddedToSegment', { ...change, token, occurredAt })),
  ]);
};

/** Adds contacts to segments and removes them, without events. */
export const storeMembershipChanges = async (
  contacts: MembershipPorts['contacts'],
  changes: MembershipChanges,
): Promise<void> => {
  await write(contacts, mayBeLeft(changes) ? await withoutLeft(contacts, changes) : changes);
};

/** Takes members out again who have left: a writer that died before it looked once more may have put them in. */
export const removeLeft = async (
  contacts: MembershipPorts['contacts'],
  members: readonly ContactInSegment[],
): Promise<void> => {
  const mirrored = members.filter(({ segment }) => canBeLeft(segment)).map(membershipOf);
  const left = await leftAmong(contacts, mirrored);
  await write(contacts, { add: [], remove: [], drop: mirrored.filter(left) });
};

/** Shows memberships of a contact that is restored, but for what the person has left. */
export const showMemberships = (contacts: MembershipPorts['contacts'], show: readonly Membership[]): Promise<void> =>
  storeMembershipChanges(contacts, { add: [], remove: [], show });

/** How often contacts follow a segment that is emptied again and again; the last time then counts as later. */
const maxRounds = 5;

/** Adds contacts to segments that were emptied since they were read: for the caller, the segment was emptied before. */
export const followEmptied = async (
  ports: MembershipPorts & { readonly segments: Pick<SegmentStore, 'findByIds'> },
  joined: readonly MembershipChange[],
  token: string,
): Promise<void> => {
  let add = joined;
  for (let round = 0; round < maxRounds && add.length > 0; round++) {
    const now = new Map(
      (await ports.segments.findByIds([...new Set(add.map(({ segment }) => segment.id))])).map((one) => [one.id, one]),
    );
    add = add.flatMap(({ contactId, segment: { id, epoch } }) => {
      const segment = now.get(id);
      return segment && segment.epoch !== epoch ? [{ contactId, segment }] : [];
    });
    await changeMemberships(ports, { add, remove: [] }, token);
  }
};

const mayBeLeft = ({ add, show = [] }: MembershipChanges): boolean => show.length > 0 || add.some(isGuarded);

/** The changes without the joining of those who have left; what is hidden of them is dropped. */
const withoutLeft = async (
  contacts: MembershipPorts['contacts'],
  { add, show = [], drop = [], ...changes }: MembershipChanges,
): Promise<MembershipChanges> => {
  const known = add.filter((change) => isGuarded(change) && !change.isNew);
  const left = await leftAmong(contacts, [...known.map(membershipOf), ...show]);
  const isRefused = (change: MembershipChange) => isGuarded(change) && left(membershipOf(change));
  return {
    ...changes,
    add: add.filter((change) => !isRefused(change)),
    show: show.filter((one) => !left(one)),
    // Also where a writer died before it looked once more.
    drop: [...drop, ...add.filter(isRefused).map(membershipOf), ...show.filter(left)],
  };
};

/**
 * Writes changes, and returns whom it took out again, as they left meanwhile. Anyone who leaves says so first and goes then,
 * and anyone who joins looks once more afterwards: so one of both sees the other, in whatever order they come.
 */
const write = async (
  contacts: MembershipPorts['contacts'],
  { add, remove, refuse = [], show = [], drop = [] }: MembershipChanges,
): Promise<readonly MembershipChange[]> => {
  const store = async (changes: { add: readonly Membership[]; remove: readonly Membership[] }) => {
    if (changes.add.length + changes.remove.length > 0) await contacts.changeMemberships(changes);
  };
  const askedFor = add
    .filter(({ isAskedFor, isNew, segment }) => isAskedFor && !isNew && canBeLeft(segment))
    .map(membershipOf);
  if (refuse.length + askedFor.length > 0) {
    await store({ add: refuse.map(membershipOf).map(leavingOf), remove: askedFor.map(leavingOf) });
  }
  await store({
    add: [...show, ...add.map(membershipOf)],
    remove: [...drop, ...remove.map(membershipOf), ...refuse.map(membershipOf)],
  });
  const left = await leftAmong(contacts, [...add.filter(isGuarded).map(membershipOf), ...show]);
  const overtaken = add.filter((change) => isGuarded(change) && left(membershipOf(change)));
  await store({ add: [], remove: [...overtaken.map(membershipOf), ...show.filter(left)] });
  return overtaken;
};

const isGuarded = ({ isAskedFor, segment }: MembershipChange): boolean => !isAskedFor && canBeLeft(segment);

/** Whether a contact has left a segment, of those that are given. */
const leftAmong = async (
  contacts: Pick<ContactStore, 'readContacts'>,
  given: readonly Membership[],
): Promise<(membership: Membership) => boolean> => {
  if (given.length === 0) return () => false;
  const { memberships } = await contacts.readContacts([], given.map(leavingOf));
  const left = new Set(memberships.map(membershipKey));
  return (membership) => left.has(membershipKey(leavingOf(membership)));
};

const membershipOf = ({ contactId, segment }: ContactInSegment): Membership => ({ contactId, ...epochOf(segment) });
