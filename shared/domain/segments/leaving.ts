import type { Membership } from './ports.ts';
import type { Segment } from './segment.ts';

/** One contact and one segment. */
export interface ContactInSegment {
  readonly contactId: number;
  readonly segment: Segment;
}

/** No segment is ever in this epoch. */
const leftEpoch = 0;

/**
 * What is kept of a contact that left a subscription category: a membership that never counts, whatever epoch the mirror of
 * the category is in. As long as it is there, only the person joins the category again.
 */
export const leavingOf = ({ contactId, segmentId }: Pick<Membership, 'contactId' | 'segmentId'>): Membership => ({
  contactId,
  segmentId,
  epoch: leftEpoch,
  isHidden: true,
});

/** Whether a membership says that its contact has left. */
export const isLeaving = ({ epoch }: Pick<Membership, 'epoch'>): boolean => epoch === leftEpoch;

/**
 * Which memberships of contacts that are restored are to be shown: the hidden ones, and those in what they have left, which
 * every reader that shows them drops.
 */
export const shownMemberships = (memberships: readonly Membership[]): Membership[] => {
  const keyOf = ({ contactId, segmentId }: Membership) => `${contactId}#${segmentId}`;
  const left = new Set(memberships.filter(isLeaving).map(keyOf));
  return memberships.flatMap(({ isHidden, ...shown }) =>
    !isLeaving(shown) && (isHidden || left.has(keyOf(shown))) ? shown : [],
  );
};

/** The shown ones of the memberships of a contact, as they are where it is deleted. */
export const hiddenMemberships = (memberships: readonly Membership[]): Membership[] =>
  memberships.flatMap((one) => (one.isHidden ? [] : { ...one, isHidden: true as const }));

/** Whether a segment is the mirror of a subscription category, which a person can leave. */
export const canBeLeft = ({ categoryKey }: Pick<Segment, 'categoryKey'>): boolean => categoryKey !== undefined;
