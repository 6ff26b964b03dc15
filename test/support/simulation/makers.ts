import { readFigures } from '#simulation/footprint.ts';
import type { Stage, StageQueue } from '#simulation/stage.ts';
import { type Quotas, quotasOf, type WorldProps } from '#simulation/world.ts';

const queue = (name: string, functionName: string, rest: Partial<StageQueue> = {}): StageQueue => ({
  name,
  functionName,
  batchSize: 1,
  batchWindowSeconds: 0,
  maxConcurrency: 10,
  againAfterSeconds: 720,
  maxReceiveCount: 5,
  delaySeconds: 0,
  isPaused: false,
  ...rest,
});

const fn = (name: string, memoryMiB = 1769) => ({
  name,
  memoryMiB,
  timeoutSeconds: 120,
  reservedConcurrency: undefined,
});

/** A stage as the template of a busy one says it, without a synthesis. */
export const simulatedStage = (replaced: Partial<Stage> = {}): Stage => ({
  name: 'busy',
  accountConcurrency: 1_000,
  uploadMaxBytes: 300 * 1_048_576,
  tableWrites: 4_000,
  tableReads: 12_000,
  queues: [
    queue('chunks', 'import-chunk'),
    queue('uploads-split', 'split-upload', { maxConcurrency: 5 }),
    queue('event-log', 'log-events', { batchSize: 100, batchWindowSeconds: 1 }),
    queue('subscriptions', 'publish-subscription', { batchSize: 10, delaySeconds: 60 }),
    queue('segment-messages', 'send-to-segment', { maxConcurrency: 2, maxReceiveCount: 8 }),
  ],
  functions: [
    fn('import-chunk'),
    fn('split-upload'),
    fn('log-events', 512),
    fn('publish-subscription', 512),
    fn('subscribe-contact', 512),
    fn('send-to-segment', 512),
  ],
  queuesOf: () => ['event-log'],
  ...replaced,
});

/** What a simulation is made with. */
export const simulated = ({
  stage = simulatedStage(),
  seed = 1,
  quotas = {},
}: {
  stage?: Stage;
  seed?: number;
  quotas?: Partial<Quotas>;
} = {}): WorldProps => ({
  stage,
  seed,
  figures: readFigures(),
  quotas: { ...quotasOf(stage, 'eu-central-1'), ...quotas },
});
