import type { Ambient, ContactStore, EventBus, Membership, SegmentStore } from '#domain/ports.ts';
import { epochOf, type Segment } from '#domain/segment.ts';
import { segmentEvent } from '#domain/segment-event.ts';

export interface FilingPorts extends Pick<Ambient, 'now'> {
  readonly contacts: Pick<ContactStore, 'changeMemberships'>;
  readonly eventBus: EventBus;
  /** Whether joining and leaving segments is told on the bus. */
  readonly tellsSegmentChanges: boolean;
}

/** One contact that joins or leaves one segment, as it was read. */
export interface Filing {
  readonly contactId: number;
  readonly segment: Segment;
}

/** Contacts that join segments, and contacts that leave them. */
export interface Filings {
  readonly add: readonly Filing[];
  readonly remove: readonly Filing[];
  /** Memberships of restored contacts, which count again. */
  readonly show?: readonly Membership[];
}

/**
 * Puts contacts into segments and takes them out, and tells the workflows where the stage wants to know. They are told
 * first: whoever repeats a request that died in between finds the changes done and has nothing more to tell.
 */
export const fileContacts = async (
  ports: FilingPorts,
  { add, remove, show = [] }: Filings,
  token: string,
): Promise<void> => {
  if (add.length + remove.length + show.length === 0) return;
  if (ports.tellsSegmentChanges) {
    const occurredAt = ports.now();
    await ports.eventBus.publish([
      ...remove.map((filing) => segmentEvent('contactRemovedFromSegment', { ...filing, token, occurredAt })),
      ...add.map((filing) => segmentEvent('contactAddedToSegment', { ...filing, token, occurredAt })),
    ]);
  }
  await changeMembershipsOf(ports.contacts, { add, remove, show });
};

/** Puts contacts into segments and takes them out, and tells nobody. */
export const changeMembershipsOf = (
  contacts: FilingPorts['contacts'],
  { add, remove, show = [] }: Filings,
): Promise<void> =>
  contacts.changeMemberships({ add: [...show, ...add.map(membershipOf)], remove: remove.map(membershipOf) });

/** How often contacts follow a segment that is emptied again and again; the last time then counts as later. */
const maxRounds = 5;

/**
 * Puts contacts that were filed as their segments were read some time ago into those that have been emptied since: to
 * their caller the segment was emptied before.
 */
export const followEmptied = async (
  ports: FilingPorts & { readonly segments: Pick<SegmentStore, 'findByIds'> },
  contactIds: readonly number[],
  filedIn: readonly Segment[],
  token: string,
): Promise<void> => {
  let known = filedIn;
  for (let round = 0; round < maxRounds && known.length > 0 && contactIds.length > 0; round++) {
    const epochs = new Map(known.map(({ id, epoch }) => [id, epoch]));
    const now = await ports.segments.findByIds([...epochs.keys()]);
    known = now.filter(({ id, epoch }) => epoch !== epochs.get(id));
    const add = known.flatMap((segment) => contactIds.map((contactId) => ({ contactId, segment })));
    await fileContacts(ports, { add, remove: [] }, token);
  }
};

const membershipOf = ({ contactId, segment }: Filing): Membership => ({ contactId, ...epochOf(segment) });
