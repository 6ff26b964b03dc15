import type { Ambient } from '#domain/ambient.ts';
import type { ContactStore } from '#domain/contacts/ports.ts';
import type { EventBus } from '#domain/events/ports.ts';
import type { Membership, SegmentStore } from '#domain/segments/ports.ts';
import { epochOf, type Segment } from '#domain/segments/segment.ts';
import { segmentEvent } from '#domain/segments/segment-event.ts';

export interface MembershipPorts extends Pick<Ambient, 'now'> {
  readonly contacts: Pick<ContactStore, 'changeMemberships'>;
  readonly eventBus: EventBus;
  /** Whether joining and leaving segments is published on the bus. */
  readonly publishesSegmentChanges: boolean;
}

/** One contact that joins or leaves one segment, as it was read. */
export interface MembershipChange {
  readonly contactId: number;
  readonly segment: Segment;
}

/** Contacts that join segments, and contacts that leave them. */
export interface MembershipChanges {
  readonly add: readonly MembershipChange[];
  readonly remove: readonly MembershipChange[];
  /** Memberships of restored contacts, which count again. */
  readonly show?: readonly Membership[];
}

/**
 * Adds contacts to segments and removes them, and publishes it if the stage wants to know. Events come first: a repeat
 * of a request that crashed in between finds the changes done and has nothing more to publish.
 */
export const changeMemberships = async (
  ports: MembershipPorts,
  changes: MembershipChanges,
  token: string,
): Promise<void> => {
  const { add, remove, show = [] } = changes;
  if (add.length + remove.length + show.length === 0) return;
  if (ports.publishesSegmentChanges) {
    const occurredAt = ports.now();
    await ports.eventBus.publish([
      ...remove.map((change) => segmentEvent('contactRemovedFromSegment', { ...change, token, occurredAt })),
      ...add.map((change) => segmentEvent('contactAddedToSegment', { ...change, token, occurredAt })),
    ]);
  }
  await storeMembershipChanges(ports.contacts, changes);
};

/** Adds contacts to segments and removes them, without events. */
export const storeMembershipChanges = (
  contacts: MembershipPorts['contacts'],
  { add, remove, show = [] }: MembershipChanges,
): Promise<void> =>
  contacts.changeMemberships({
    add: [...show, ...add.map(membershipOf)],
    remove: remove.map(membershipOf),
  });

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

const membershipOf = ({ contactId, segment }: MembershipChange): Membership => ({ contactId, ...epochOf(segment) });
