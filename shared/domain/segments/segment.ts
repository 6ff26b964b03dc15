/** A segment; the contract's word on the wire is `group`. Only static ones can be changed (contract 2.5). */
export interface Segment {
  readonly id: number;
  readonly name: string;
  readonly type: 'Static' | 'Dynamic' | 'Combined';
  /** Grows by one whenever all contacts are taken out at once: a membership counts in its own epoch only. */
  readonly epoch: number;
  /** The subscription category whose mirror it is; it is renamed and removed with that one alone (contract 4.11). */
  readonly categoryKey?: string;
}

/** One segment in one of its epochs. */
export interface SegmentEpoch {
  readonly segmentId: number;
  readonly epoch: number;
}

/** The epoch in which a segment was read. */
export const epochOf = ({ id, epoch }: Segment): SegmentEpoch => ({ segmentId: id, epoch });

/** Those of the segments that contacts can be put into and taken out of (contract 2.5). */
export const staticOnly = (segments: readonly Segment[]): Segment[] => segments.filter(({ type }) => type === 'Static');

/** Segment names are the same without regard to case and outer white space. */
export const segmentNameKey = (name: string): string => name.trim().toLowerCase();

/** What is left of an epoch that is over, from a place on. */
export interface SegmentLeftovers extends SegmentEpoch {
  readonly segmentName: string;
  /** Absent: from the beginning. */
  readonly cursor?: string;
  /** Whether this is the last walk through it, after every writer from before has ended. */
  readonly isLast?: boolean;
}
