import type { LeftoverQueue, SegmentStore } from '#domain/segments/ports.ts';
import { epochOf, type Segment } from '#domain/segments/segment.ts';
import { readStaticSegment } from './static-segment.ts';

export interface EmptyPorts {
  readonly segments: Pick<SegmentStore, 'findByIds' | 'endEpoch'>;
  readonly leftoverQueue: LeftoverQueue;
}

/** Seconds after which the request that promised leftovers has ended, one way or the other. */
const requestSeconds = 20;

/**
 * Takes all contacts out of a segment at once, however many they are (contract 4.12): from now on its memberships do not
 * count, and they are removed in the background. Returns the segment as it was.
 * @throws RollcallError NOT_FOUND for the segment, or INVALID_REQUEST if it is not static.
 */
export const emptySegment = async (ports: EmptyPorts, segmentId: number): Promise<Segment> => {
  const segment = await readStaticSegment(ports.segments, segmentId);
  await promiseLeftovers(ports, segment);
  await ports.segments.endEpoch(epochOf(segment));
  return segment;
};

/**
 * Has the memberships of a segment's epoch removed that is about to end: asked for before, so that none are left behind
 * by a request that does not live to ask for it. What never ended is left alone.
 */
export const promiseLeftovers = ({ leftoverQueue }: Pick<EmptyPorts, 'leftoverQueue'>, segment: Segment) =>
  leftoverQueue.send([{ ...epochOf(segment), segmentName: segment.name }], requestSeconds);
