import type { Ambient } from '#domain/ambient.ts';
import { RollcallError } from '#domain/error.ts';
import type { LeftoverQueue, SegmentMembers, SegmentStore } from '#domain/segments/ports.ts';
import { epochOf, type Segment } from '#domain/segments/segment.ts';
import { retryOnConflict } from '../retry-on-conflict.ts';
import { promiseLeftovers } from './empty-segment.ts';
import { readSegment } from './static-segment.ts';

export interface ManageSegmentsPorts extends Pick<Ambient, 'pause'> {
  readonly segments: SegmentStore;
  readonly segmentMembers: Pick<SegmentMembers, 'count'>;
  readonly leftoverQueue: LeftoverQueue;
}

/** A segment with the number of contacts in it. */
export interface CountedSegment extends Segment {
  readonly memberCount: number;
}

/** A part of all segments with their members counted, ascending by id; the cursor is an id. */
export const listSegments = async (
  { segments, segmentMembers }: Pick<ManageSegmentsPorts, 'segments' | 'segmentMembers'>,
  { limit, cursor = '0' }: { readonly limit: number; readonly cursor?: string },
): Promise<{ items: CountedSegment[]; cursor?: string }> => {
  const left = (await segments.list()).filter(({ id }) => id > Number(cursor));
  const items: CountedSegment[] = [];
  for (const segment of left.slice(0, limit)) {
    items.push({ ...segment, memberCount: await segmentMembers.count(epochOf(segment)) });
  }
  const last = items.at(-1);
  return { items, ...(last && left.length > limit && { cursor: String(last.id) }) };
};

/**
 * Makes a static segment.
 * @throws RollcallError NAME_TAKEN.
 */
export const createSegment = async (
  { segments }: Pick<ManageSegmentsPorts, 'segments'>,
  name: string,
): Promise<CountedSegment> => {
  const created = await segments.create(name);
  if (!created) throw nameTaken(name);
  return { ...created, memberCount: 0 };
};

/**
 * Gives a segment another name; its old one is free from then on.
 * @throws RollcallError NOT_FOUND, NAME_TAKEN, or SEGMENT_PROTECTED for the mirror of a subscription category.
 */
export const renameSegment = (
  ports: Pick<ManageSegmentsPorts, 'segments' | 'pause'>,
  id: number,
  name: string,
): Promise<Segment> =>
  retryOnConflict(ports, async () => {
    const segment = await readSegment(ports.segments, id);
    refuseProtected(segment);
    return tryRename(ports.segments, segment, name);
  });

/**
 * Gives a segment another name unless it has changed since it was read, which `undefined` says.
 * @throws RollcallError NAME_TAKEN.
 */
export const tryRename = async (
  segments: Pick<SegmentStore, 'findByNames' | 'rename'>,
  segment: Segment,
  name: string,
): Promise<Segment | undefined> => {
  if (segment.name === name) return segment;
  if (await segments.rename(segment, name)) return { ...segment, name };
  const [owner] = await segments.findByNames([name]);
  if (owner && owner.id !== segment.id) throw nameTaken(name);
  return undefined;
};

/**
 * Removes a segment: its name is free at once, and its memberships go in the background. The contacts stay.
 * @throws RollcallError NOT_FOUND, or SEGMENT_PROTECTED for the mirror of a subscription category.
 */
export const deleteSegment = (
  ports: Pick<ManageSegmentsPorts, 'segments' | 'leftoverQueue' | 'pause'>,
  id: number,
): Promise<Segment> =>
  retryOnConflict(ports, async () => {
    const segment = await readSegment(ports.segments, id);
    refuseProtected(segment);
    await promiseLeftovers(ports, segment);
    return (await ports.segments.remove(segment)) ? segment : undefined;
  });

/** The error of a name that another segment has. */
export const nameTaken = (name: string) => new RollcallError('NAME_TAKEN', `A segment with the name '${name}' exists`);

const refuseProtected = ({ id, categoryKey }: Segment): void => {
  if (categoryKey === undefined) return;
  throw new RollcallError(
    'SEGMENT_PROTECTED',
    `Segment ${id} mirrors the subscription category '${categoryKey}'; change that instead`,
  );
};
