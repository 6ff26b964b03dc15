import type { LogLevel } from './log-level.ts';

/** What a worker is told once: the function it runs. */
export interface WorkerSetup {
  readonly folder: string;
  /** `file.export`. */
  readonly handler: string;
  /** From which level on it hands its log lines over. */
  readonly logLevel: LogLevel;
  /** Where the function's compiled code is kept for those that start after it; absent: nowhere. */
  readonly compiled: string | undefined;
}

/** One invocation, told to a worker. */
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
