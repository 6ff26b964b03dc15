import { assumptions } from '../assumptions.ts';
import { awsLimits } from '../aws-limits.ts';
import { type Bucket, newBucket } from '../bucket.ts';
import type { Random } from '../random.ts';
import type { Capacity } from './capacity.ts';
import type { OnDemand } from './on-demand.ts';

/** An index whose entries all have one of a few keys: the shards of a list. */
export interface IndexShards {
  /** The capacity that each shard has, which it shares with the others of its partition. */
  readonly shards: readonly Capacity[];
  /** How many partitions hold these shards; it only grows. */
  partitions(): number;
}

interface Partition extends Capacity {
  shards: number[];
}

/** Without a refusal for so long, a partition has cooled down. */
const cooledSeconds = 60;

/**
 * Places shards on the partitions of an index by chance, as the hash of AWS is its secret. A partition takes 1,000 units a
 * second. One that is hot for long is split, and each half gets half of its shards; a single shard whose entries come in
 * ascending order gains nothing by a split, as all of them still go to its end.
 */
export const indexShards = (index: OnDemand, count: number, random: Random): IndexShards => {
  const shards: Capacity[] = [];
  let partitions = 0;
  const place = (placed: number[]): void => {
    const partition = partitionOf(index, placed, split);
    partitions += 1;
    for (const shard of placed) shards[shard] = partition;
  };
  const split = ({ shards: held }: Partition): void => {
    if (held.length > 1) place(held.splice(Math.ceil(held.length / 2)));
  };

  const homes = Math.max(1, Math.ceil(index.limitAt(0) / awsLimits.partitionWrites.limit));
  const drawn = Array.from({ length: count }, () => random.below(homes));
  for (const placed of Map.groupBy(drawn.keys(), (shard) => drawn[shard]).values()) place(placed);

  return { shards, partitions: () => partitions };
};

const partitionOf = (index: OnDemand, shards: number[], split: (partition: Partition) => void): Partition => {
  const bucket: Bucket = newBucket(() => awsLimits.partitionWrites.limit);
  let hotSince = Number.POSITIVE_INFINITY;
  let refusedAt = Number.NEGATIVE_INFINITY;
  const partition: Partition = {
    shards,
    available: (now) => Math.min(index.available(now), bucket.available(now)),
    take: (units, now) => {
      bucket.takeUpTo(units, now);
      index.takeUpTo(units, now);
    },
    refuse: (now) => {
      if (bucket.available(now) > index.available(now)) return;
      if (now - refusedAt > cooledSeconds) hotSince = now;
      refusedAt = now;
      if (now - hotSince < 60 * assumptions.splitMinutes.value) return;
      hotSince = now;
      split(partition);
    },
  };
  return partition;
};
