import { type AccountConcurrency, accountConcurrency } from './account-concurrency.ts';
import { type Agenda, newAgenda } from './agenda.ts';
import { assumptions } from './assumptions.ts';
import { awsLimits, limitsOf } from './aws-limits.ts';
import { type Bucket, newBucket } from './bucket.ts';
import type { Figures } from './footprint.ts';
import { type Meters, newMeters } from './meters.ts';
import { type Random, randomOf } from './random.ts';
import { type RollingQuota, rollingQuota } from './rolling-quota.ts';
import type { Stage } from './stage.ts';
import { type Capacity, capacityOf } from './table/capacity.ts';
import { type IndexShards, indexShards } from './table/index-shards.ts';
import { type OnDemand, onDemand } from './table/on-demand.ts';
import { type ShardGroup, spreadOver } from './table/spread.ts';

/** What an account allows; each may be raised. */
export interface Quotas {
  readonly accountConcurrency: number;
  /** Units a second of one table. */
  readonly tableUnits: number;
  readonly putEvents: number;
  readonly busInvocations: number;
  readonly mailsPerSecond: number;
  readonly mailsPerDay: number;
}

/** The quotas of an account that asked for nothing but the concurrency that its stage names. */
export const quotasOf = (stage: Stage, region: string): Quotas => ({
  accountConcurrency: stage.accountConcurrency,
  tableUnits: awsLimits.tableQuota.limit,
  putEvents: limitsOf(region).putEvents,
  busInvocations: limitsOf(region).busInvocations,
  mailsPerSecond: assumptions.mailsPerSecond.value,
  mailsPerDay: assumptions.mailsPerDay.value,
});

export const indexNames = ['byGroup', 'byTime', 'directory'] as const;
export type IndexName = (typeof indexNames)[number];

/** Shards of a busy key of an index, as `shared/aws/table/keys.ts` spreads it. */
export const shardCount = 16;

/** A stage at work, as far as it is simulated. */
export interface World {
  readonly agenda: Agenda;
  /** Batches of a queue, one after the other, for which one is simulated: more than one where there are very many. */
  readonly coarseness: number;
  readonly random: Random;
  readonly stage: Stage;
  readonly figures: Figures;
  readonly quotas: Quotas;
  readonly meters: Meters;
  readonly account: AccountConcurrency;
  /** Write units of the table itself. */
  readonly writes: OnDemand;
  readonly tableCapacity: Capacity;
  readonly reads: OnDemand;
  readonly indexes: Readonly<Record<IndexName, IndexShards>>;
  /** Where entries in several indexes at once lie, by the names of these. */
  readonly spreads: Readonly<Record<string, () => readonly ShardGroup[]>>;
  /** The items of one import, which have one partition key. */
  readonly importKey: Capacity;
  /** The item that ids are leased from. */
  readonly idKey: Capacity;
  readonly putEvents: Bucket;
  readonly mailsOfSecond: Bucket;
  readonly mailsOfDay: RollingQuota;
}

/** What a run is about. */
export interface WorldProps {
  readonly stage: Stage;
  readonly figures: Figures;
  readonly quotas: Quotas;
  readonly seed: number;
  /** 1 if absent. */
  readonly coarseness?: number;
}

/** A stage that was just deployed: nothing is warm, nobody has used it. */
export const newWorld = ({ stage, figures, quotas, seed, coarseness = 1 }: WorldProps): World => {
  const random = randomOf(seed);
  const throughput = { initial: stage.tableWrites, quota: quotas.tableUnits };
  const indexOf = () => indexShards(onDemand(throughput), shardCount, random);
  const oneKey = () => capacityOf(newBucket(() => awsLimits.partitionWrites.limit));
  const writes = onDemand(throughput);
  const indexes = { byGroup: indexOf(), byTime: indexOf(), directory: indexOf() };
  return {
    agenda: newAgenda(),
    coarseness,
    random,
    stage,
    figures,
    quotas,
    meters: newMeters(),
    account: accountConcurrency(quotas.accountConcurrency),
    writes,
    tableCapacity: capacityOf(writes),
    reads: onDemand({ initial: stage.tableReads, quota: quotas.tableUnits }),
    indexes,
    spreads: spreadsOf(indexes),
    importKey: oneKey(),
    idKey: oneKey(),
    putEvents: newBucket(() => quotas.putEvents),
    mailsOfSecond: newBucket(() => quotas.mailsPerSecond),
    mailsOfDay: rollingQuota(quotas.mailsPerDay),
  };
};

const spreadsOf = (indexes: World['indexes']): World['spreads'] => {
  const sets: IndexName[][] = [[]];
  for (const name of indexNames) sets.push(...sets.map((set) => [...set, name]));
  return Object.fromEntries(sets.map((names) => [names.join(), spreadOver(names.map((name) => indexes[name]))]));
};

/** Counts what the scenario is about. */
export const countDone = ({ meters, agenda }: World, count: number): void => {
  meters.done += count;
  meters.doneAt = agenda.now();
};
