import type { LogLevel } from './log-level.ts';

/** What a worker gets once: the function it runs. */
export interface WorkerSetup {
  readonly folder: string;
  /** `file.export`. */
  readonly handler: string;
  /** From which level on it hands its log lines over. */
  readonly logLevel: LogLevel;
  /** The folder of the function's compiled code, for those that start after it; absent: none. */
  readonly compiled: string | undefined;
}

/** One invocation, for a worker. */
export interface Invoke {
  readonly requestId: string;
  /** The event as JSON. */
  readonly event: string;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  readonly functionName: string;
  readonly functionArn: string;
  readonly memoryMiB: number;
}

/** An error in the form that Lambda reports. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** What a worker says: it is ready, it could not load, it wrote to its log, or how an invocation ended (in JSON). */
export type WorkerMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'log'; readonly lines: readonly string[] }
  | { readonly kind: 'result'; readonly requestId: string; readonly result: string }
  | { readonly kind: 'error'; readonly requestId: string | undefined; readonly error: FunctionError };
