import { awsLimits } from '../aws-limits.ts';
import { type Bucket, newBucket } from '../bucket.ts';

/** What an on-demand table, or one of its indexes, takes a second. */
export interface OnDemand extends Bucket {
  /** Units a second that it takes at a moment. */
  limitAt(now: number): number;
}

/** Where a table begins, and where it ends. */
export interface Throughput {
  /** Units a second that it takes at once. */
  readonly initial: number;
  /** Units a second that the account allows a table. */
  readonly quota: number;
}

/**
 * The units of an on-demand table: what it begins with, later twice the busiest minute that is half an hour ago. The table
 * may grow sooner, but AWS promises no more.
 */
export const onDemand = ({ initial, quota }: Throughput): OnDemand => {
  const minutes: number[] = [];
  let limit = Math.min(initial, quota);
  let raisedUntil = 0;
  const grow = (now: number): void => {
    const ripe = Math.floor(now / 60) - awsLimits.growthMinutes.limit;
    for (; raisedUntil < ripe; raisedUntil++) {
      const peak = (minutes[raisedUntil] ?? 0) / 60;
      limit = Math.min(quota, Math.max(limit, awsLimits.growth.limit * peak));
    }
  };
  const limitAt = (now: number): number => {
    grow(now);
    return limit;
  };
  const bucket = newBucket(limitAt);

  return {
    limitAt,
    available: bucket.available,
    takeUpTo: (amount, now) => {
      const taken = bucket.takeUpTo(amount, now);
      const minute = Math.floor(now / 60);
      minutes[minute] = (minutes[minute] ?? 0) + taken;
      return taken;
    },
  };
};
