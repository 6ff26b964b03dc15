import type { Settings } from './settings.ts';

/** How many functions a queue may have at work at once. */
interface Bound {
  /** Its part of the account's concurrency. */
  readonly share: number;
  /** More would gain nothing, for the reason beside it. */
  readonly most: number;
}

/** The least that AWS lets an event source be bounded to. */
export const leastConcurrency = 2;

const bounds = {
  // Ten take about what a new table does: 4,000 write units a second. The setting importConcurrency says otherwise.
  chunks: { share: 0.1, most: 10 },
  'uploads-fetch': { share: 0.04, most: 5 },
  'uploads-split': { share: 0.05, most: 5 },
  'dry-runs': { share: 0.02, most: 5 },
  'event-log': { share: 0.05, most: 10 },
  subscriptions: { share: 0.04, most: 10 },
  deliveries: { share: 0.04, most: 10 },
  // A batch starts up to 100 executions at a time, of which AWS Step Functions takes 150 to 300 a second.
  'workflow-events': { share: 0.02, most: 2 },
  // They have work after failures only.
  'failed-chunks': { share: 0.02, most: 2 },
  'failed-uploads': { share: 0.02, most: 2 },
  // No caller waits for them.
  counts: { share: 0.02, most: 2 },
  erasures: { share: 0.02, most: 2 },
  undos: { share: 0.02, most: 2 },
  'segment-leftovers': { share: 0.02, most: 2 },
  // Two stay below the 14 e-mails a second that Amazon SES allows to begin with; a setting says how many send messages.
  confirmations: { share: 0.02, most: 2 },
  messages: 'messageConcurrency',
  'segment-messages': 'messageConcurrency',
} as const satisfies Record<string, Bound | 'messageConcurrency'>;

/** A queue that a function works on, by its name within the stage. */
export type WorkQueue = keyof typeof bounds;

/**
 * How many steps of workflows may be at work at once, if the account has room to reserve it: AWS Lambda keeps 100 for
 * functions that reserve nothing. Without a bound, the runs that an import launches would take all of the account.
 */
export const runnerConcurrency = ({ accountConcurrency }: Settings): { readonly reservedConcurrency?: number } =>
  accountConcurrency < leastToReserveFrom
    ? {}
    : { reservedConcurrency: Math.min(mostRunners, Math.floor(0.05 * accountConcurrency)) };

/**
 * How long a start of a run takes at least, in milliseconds, where the account has no room to reserve: an account of N begins
 * N / 2 runs a second then, which keeps about a quarter of it busy.
 */
export const launchPaceMilliseconds = ({ accountConcurrency }: Settings): number =>
  accountConcurrency < leastToReserveFrom ? Math.ceil((bounds['workflow-events'].most * 2000) / accountConcurrency) : 0;

const leastToReserveFrom = 200;
const mostRunners = 50;

/** How many functions each queue may have at work at once: its part of the account's concurrency, or what a setting says. */
export const concurrencyOf = (queue: WorkQueue, settings: Settings): number => {
  const bound = bounds[queue];
  if (typeof bound === 'string') return settings[bound];
  if (queue === 'chunks' && settings.importConcurrency !== undefined) return settings.importConcurrency;
  return Math.min(bound.most, Math.max(leastConcurrency, Math.floor(bound.share * settings.accountConcurrency)));
};
