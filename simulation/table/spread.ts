import type { Capacity } from './capacity.ts';
import type { IndexShards } from './index-shards.ts';

/** Shards whose entries lie in the same partitions, and their part of all. */
export interface ShardGroup {
  readonly share: number;
  /** The capacity of the partition in each index. */
  readonly capacities: readonly Capacity[];
}

/** Entries in some indexes at once, by the partitions that they lie in. */
export const spreadOver = (indexes: readonly IndexShards[]): (() => readonly ShardGroup[]) => {
  let groups: readonly ShardGroup[] = [];
  let partitions = -1;
  return () => {
    const now = indexes.reduce((sum, one) => sum + one.partitions(), 0);
    if (now !== partitions) groups = groupsOf(indexes);
    partitions = now;
    return groups;
  };
};

const groupsOf = (indexes: readonly IndexShards[]): ShardGroup[] => {
  const count = indexes[0]?.shards.length ?? 0;
  const groups: { shards: number; readonly capacities: readonly Capacity[] }[] = [];
  for (let shard = 0; shard < count; shard++) {
    const capacities = indexes.flatMap(({ shards }) => shards[shard] ?? []);
    const known = groups.find((one) => one.capacities.every((capacity, place) => capacity === capacities[place]));
    if (known) known.shards += 1;
    else groups.push({ shards: 1, capacities });
  }
  return groups.map(({ shards, capacities }) => ({ share: shards / count, capacities }));
};
