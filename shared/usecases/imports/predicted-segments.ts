import { firstPredictedId } from '#domain/imports/prediction.ts';
import type { SegmentStore } from '#domain/segments/ports.ts';
import { type Segment, segmentNameKey } from '#domain/segments/segment.ts';

/** Segments as a dry run sees them: those that an import would make have ids that nothing real has. */
export const predictedSegments = (
  stored: Pick<SegmentStore, 'findByNames'>,
): Pick<SegmentStore, 'ensure' | 'findByNames'> => ({
  findByNames: (names) => stored.findByNames(names),
  ensure: async (names) => {
    const found = new Map((await stored.findByNames(names)).map((segment) => [segmentNameKey(segment.name), segment]));
    return names.map(
      (name, index): Segment =>
        found.get(segmentNameKey(name)) ?? { id: firstPredictedId + index, name, type: 'Static', epoch: 1 },
    );
  },
});
