import { RollcallError } from '#domain/error.ts';
import type { SegmentStore } from '#domain/segments/ports.ts';
import type { Segment } from '#domain/segments/segment.ts';

/**
 * The segment of an id.
 * @throws RollcallError NOT_FOUND.
 */
export const readSegment = async (segments: Pick<SegmentStore, 'findByIds'>, id: number): Promise<Segment> => {
  const [segment] = await segments.findByIds([id]);
  if (segment) return segment;
  throw new RollcallError('NOT_FOUND', `Group with id='${id}' not found`);
};

/**
 * The segment of an id, to put contacts into it or take them out (contract 4.12).
 * @throws RollcallError NOT_FOUND, or INVALID_REQUEST if it is not static.
 */
export const readStaticSegment = async (segments: Pick<SegmentStore, 'findByIds'>, id: number): Promise<Segment> => {
  const segment = await readSegment(segments, id);
  if (segment.type === 'Static') return segment;
  throw new RollcallError('INVALID_REQUEST', `Group with id='${id}' is not static, so its contacts cannot be changed`);
};
