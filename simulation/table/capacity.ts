import type { Bucket } from '../bucket.ts';

/** What takes units of writes, as far as it can. */
export interface Capacity {
  /** Units that it takes at a moment. */
  available(now: number): number;
  take(units: number, now: number): void;
  /** It was asked for more than it takes. */
  refuse(now: number): void;
}

/** The capacity of a bucket, which no refusal changes. */
export const capacityOf = ({ available, takeUpTo }: Bucket): Capacity => ({
  available,
  take: takeUpTo,
  refuse: () => {},
});
