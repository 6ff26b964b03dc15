/** How a stack of the chaos test runs, as its process reads it from a file. */
export interface Course {
  readonly seed: number;
  readonly port: number;
  readonly key: string;
  readonly dataDir: string;
  /** How much later it is for the stack than for everybody else. */
  readonly minutesLater: number;
  /** The shares of calls that each service refuses or does in part. */
  readonly rates: FaultShares;
  readonly source: {
    readonly template: object;
    readonly stackName: string;
    readonly folders: Readonly<Record<string, string>>;
    readonly compiled: string;
  };
}

/** The shares of calls to each service that fail. */
export type FaultShares = Readonly<Record<'dynamodb' | 'sqs' | 's3' | 'ses' | 'eventBridge', number>>;

/** How many messages a queue holds that somebody may receive or works on, and how many are held back by a delay. */
export interface QueueDepth {
  readonly due: number;
  readonly delayed: number;
}

/** What the test asks the process of a stack: `name` is of a function or a queue. */
export interface Ask {
  readonly id: number;
  readonly call: 'calm' | 'kill' | 'peek' | 'invoke';
  readonly name: string;
}

/** What the process of a stack says. */
export interface Told {
  readonly ready?: { readonly url: string; readonly environment: Readonly<Record<string, string>> };
  /** A line of its log, and one about what AWS would refuse. */
  readonly line?: string;
  readonly refused?: string;
  readonly id?: number;
  readonly answer?: unknown;
  readonly failure?: string;
}
