import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { functionNameOf } from '#infra/local/function/function.ts';
import { readTemplate, type StackPlan } from '#infra/local/stack-plan.ts';
import type { Settings } from '#infra/settings.ts';
import { synthesize } from '#infra/synthesize.ts';
import { awsLimits } from './aws-limits.ts';

/** A queue and how its function takes messages of it. */
export interface StageQueue {
  readonly name: string;
  readonly functionName: string;
  readonly batchSize: number;
  readonly batchWindowSeconds: number;
  /** Batches at once, at most. */
  readonly maxConcurrency: number;
  /** When a message comes again that its function failed on. */
  readonly againAfterSeconds: number;
  /** Deliveries after which a message is given up. */
  readonly maxReceiveCount: number;
  /** How long each message is held back. */
  readonly delaySeconds: number;
  readonly isPaused: boolean;
}

export interface StageFunction {
  readonly name: string;
  readonly memoryMiB: number;
  readonly timeoutSeconds: number;
  readonly reservedConcurrency: number | undefined;
}

/** What a stage's synthesized template says, as far as its speed depends on it. */
export interface Stage {
  readonly name: string;
  /** Functions that the account runs at once, by the setting of the stage. */
  readonly accountConcurrency: number;
  readonly uploadMaxBytes: number;
  /** Write units a second that the table and each index take at once. */
  readonly tableWrites: number;
  readonly tableReads: number;
  readonly queues: readonly StageQueue[];
  readonly functions: readonly StageFunction[];
  /** The queues that get an event of a type, by the rules of the bus. */
  queuesOf(eventType: string): readonly string[];
}

/** Synthesizes a stage, with empty functions, and reads its numbers. */
export const readStage = (settings: Settings): Stage => {
  const plan = planOf(settings);
  const ownName = (name: string) => name.replace(`rollcall-${settings.stage}-`, '');
  const warm = warmThroughputOf(plan);
  return {
    name: settings.stage,
    accountConcurrency: settings.accountConcurrency,
    uploadMaxBytes: settings.uploadMaxMegabytes * 1_048_576,
    tableWrites: warm?.WriteUnitsPerSecond ?? awsLimits.tableWrites.limit,
    tableReads: warm?.ReadUnitsPerSecond ?? awsLimits.tableReads.limit,
    queues: queuesOf(plan, ownName),
    functions: plan.functions.map(({ name, properties }) => ({
      name: ownName(name),
      memoryMiB: properties.MemorySize,
      timeoutSeconds: properties.Timeout,
      reservedConcurrency: properties.ReservedConcurrentExecutions,
    })),
    queuesOf: (eventType) => {
      const event = { source: 'rollcall', 'detail-type': eventType, detail: {} };
      const targets = plan.rules
        .filter(({ busName, matches }) => busName !== 'default' && matches(event))
        .flatMap(({ targets }) => targets.map(({ Arn }) => Arn));
      return targets.filter((arn) => arn.includes(':sqs:')).map((arn) => ownName(arn.split(':').at(-1) ?? ''));
    },
  };
};

const planOf = (settings: Settings): StackPlan => {
  const outdir = mkdtempSync(join(tmpdir(), 'rollcall-simulated-'));
  try {
    const { template, stackName } = synthesize(settings, { outdir, validate: false, stubs: true });
    return readTemplate(template, {
      stackName,
      apiUrl: 'https://api.example.com',
      sqsEndpoint: 'https://sqs.example.com',
    });
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
};

const queuesOf = ({ queues, functions, eventSources }: StackPlan, ownName: (name: string) => string): StageQueue[] =>
  eventSources.flatMap(({ properties }) => {
    const queue = queues.find(({ name }) => properties.EventSourceArn.endsWith(`:${name}`));
    const fn = functions.find(({ name }) => name === functionNameOf(properties.FunctionName));
    if (!queue || !fn) return [];
    return {
      name: ownName(queue.name),
      functionName: ownName(fn.name),
      batchSize: properties.BatchSize,
      batchWindowSeconds: properties.MaximumBatchingWindowInSeconds,
      maxConcurrency: properties.ScalingConfig?.MaximumConcurrency ?? Number.POSITIVE_INFINITY,
      againAfterSeconds: queue.properties.VisibilityTimeout ?? 30,
      maxReceiveCount: queue.properties.RedrivePolicy?.maxReceiveCount ?? Number.POSITIVE_INFINITY,
      delaySeconds: queue.properties.DelaySeconds ?? 0,
      isPaused: !properties.Enabled,
    };
  });

const warmThroughput = z.object({ ReadUnitsPerSecond: z.number(), WriteUnitsPerSecond: z.number() });

const warmThroughputOf = ({ tables: [table] }: StackPlan) =>
  table?.properties.WarmThroughput === undefined ? undefined : warmThroughput.parse(table.properties.WarmThroughput);
