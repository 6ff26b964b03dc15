import { type TokenBucket, tokenBucket } from '../engine/token-bucket.ts';
import { quotas } from '../quota/quotas.ts';

/** What passes partition keys. */
export interface PartitionMeter {
  /** Takes units of a partition key; `false` where it is hot, and then it takes none. */
  take(kind: 'read' | 'write', partition: string, units: number): boolean;
  /** Takes units of what has passed already. */
  charge(kind: 'read' | 'write', partition: string, units: number): void;
}

/**
 * Meters each partition key as if it had a partition of its own, which is the most that DynamoDB gives to one. `now` is in
 * milliseconds.
 */
export const partitionMeter = (now: () => number): PartitionMeter => {
  const buckets = new Map<string, TokenBucket>();
  const bucketOf = (kind: 'read' | 'write', partition: string): TokenBucket => {
    const name = `${kind} ${partition}`;
    const bucket = buckets.get(name) ?? tokenBucket({ perSecond: limits[kind], burst: limits[kind] }, now);
    buckets.set(name, bucket);
    return bucket;
  };

  return {
    take: (kind, partition, units) => bucketOf(kind, partition).take(units),
    charge: (kind, partition, units) => bucketOf(kind, partition).charge(units),
  };
};

const limits = { read: quotas.partitionReads.limit, write: quotas.partitionWrites.limit } as const;
