import { type Quota, quotas } from '#infra/local/quota/quotas.ts';

const of = (limit: number, unit: string, source: string): Quota => ({
  limit,
  unit,
  source: `https://docs.aws.amazon.com/${source}`,
});

const onDemand = 'amazondynamodb/latest/developerguide/on-demand-capacity-mode.html';
const dynamoDb = 'amazondynamodb/latest/developerguide/ServiceQuotas.html';
const queueScaling = 'lambda/latest/dg/services-sqs-scaling.html';

/** How AWS behaves, as it says itself. */
export const awsLimits = {
  tableWrites: of(4_000, 'write units a second of a new on-demand table, and of each of its indexes', onDemand),
  tableReads: of(12_000, 'read units a second of a new on-demand table', onDemand),
  growth: of(2, 'times its former peak is what an on-demand table takes at once', onDemand),
  growthMinutes: of(30, 'minutes over which traffic may double', onDemand),
  tableQuota: of(40_000, 'units a second of one table, unless AWS is asked for more', dynamoDb),
  partitionWrites: quotas.partitionWrites,
  partitionReads: quotas.partitionReads,
  firstBatches: of(5, 'batches of a queue at once, to begin with', queueScaling),
  moreBatches: of(300, 'more batches of a queue at once, each minute', queueScaling),
  newEnvironments: of(
    1_000,
    'more environments of a function within ten seconds',
    'lambda/latest/dg/scaling-behavior.html',
  ),
  wholeProcessor: of(
    1_769,
    'MB from which a function has a whole processor',
    'lambda/latest/dg/configuration-memory.html',
  ),
  newAccountFunctions: quotas.newAccountFunctions,
  eventsInRequest: quotas.eventsInRequest,
  sandboxMails: quotas.mailsPerSecond,
} as const satisfies Readonly<Record<string, Quota>>;

/**
 * What AWS allows an account in one region, unless it is asked for more:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html and
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export interface RegionLimits {
  /** Requests to put events, a second. */
  readonly putEvents: number;
  /** Events handed to targets of rules, a second; more of them are handed over later. */
  readonly busInvocations: number;
  /** Executions of Step Functions that may start a second, and at once after a pause. */
  readonly startExecutions: number;
  readonly startExecutionsAtOnce: number;
}

const largest = { putEvents: 10_000, busInvocations: 18_750, startExecutions: 300, startExecutionsAtOnce: 1_300 };
const others = { startExecutions: 150, startExecutionsAtOnce: 800 };

const regions: Readonly<Record<string, RegionLimits>> = {
  'us-east-1': largest,
  'us-west-2': largest,
  'eu-west-1': largest,
  'us-east-2': { putEvents: 2_400, busInvocations: 4_500, ...others },
  'eu-central-1': { putEvents: 2_400, busInvocations: 4_500, ...others },
  'eu-west-2': { putEvents: 1_200, busInvocations: 2_250, ...others },
};

/** The limits of a region; those of the small ones if it is not named. */
export const limitsOf = (region: string): RegionLimits =>
  regions[region] ?? { putEvents: 600, busInvocations: 1_100, ...others };
