import type { IdsPage, Page, PageRequest } from '../page.ts';
import type { Queue } from '../queue.ts';
import type { Segment, SegmentEpoch, SegmentLeftovers } from './segment.ts';

/** One contact in one segment; it counts while the segment is in this epoch. */
export interface Membership extends SegmentEpoch {
  readonly contactId: number;
  /** Its contact is deleted: it is neither listed nor counted, until the contact is restored. */
  readonly isHidden?: true;
}

/** Segments as they are now, however long a name has been remembered: reads are consistent but for `list`. */
export interface SegmentStore {
  /** The segments of these names, made if missing, in order; one name is only ever one segment. */
  ensure(names: readonly string[]): Promise<Segment[]>;
  /** The segments among these names that exist. */
  findByNames(names: readonly string[]): Promise<Segment[]>;
  /** The segments among these ids that exist. */
  findByIds(ids: readonly number[]): Promise<Segment[]>;
  /** Every segment, ascending by id. What is made now is there a moment later. */
  list(): Promise<Segment[]>;
  /** Makes a segment; `undefined` if its name is taken. */
  create(name: string): Promise<Segment | undefined>;
  /** Gives a segment another name, if it is still as it was read and the name is free; whether that was so. */
  rename(segment: Segment, name: string): Promise<boolean>;
  /** Removes a segment, if it is still as it was read; whether it was. Its name is free at once, its id never again. */
  remove(segment: Segment): Promise<boolean>;
  /** Ends an epoch, if it has not ended before: from now on the segment has no members. */
  endEpoch(epoch: SegmentEpoch): Promise<void>;
}

/** Who is in a segment. What is written now is seen a moment later. */
export interface SegmentMembers {
  count(epoch: SegmentEpoch): Promise<number>;
  /** Contact ids in order, from the one after `after` on; fewer than `limit` at the end only. */
  list(epoch: SegmentEpoch, page: IdsPage): Promise<number[]>;
  /** Contact ids in the order in which they are read the fastest. */
  walk(epoch: SegmentEpoch, page: PageRequest): Promise<Page<number>>;
}

/** Epochs whose memberships are still to be removed. */
export type LeftoverQueue = Queue<SegmentLeftovers>;
