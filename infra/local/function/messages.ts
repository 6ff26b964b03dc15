import type { Endpoints } from '../engine/endpoints.ts';
import type { Denial } from '../permission/grant.ts';
import type { GuardSetup } from '../permission/guard.ts';
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
  /** What it may do, and which service answers at which host and port. */
  readonly guard: GuardSetup;
  readonly services: Readonly<Record<string, keyof Endpoints>>;
}

/** One invocation, for a worker. */
export interface Invoke {
  readonly requestId: string;
  /** The event as JSON. */
  readonly event: string;
  /** The tracing header that the function hands on with what it sends. */
  readonly trace: string;
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

/** What a worker says: it is ready, it could not load, it wrote to its log, which grants it used or lacked, or how an invocation ended (in JSON). */
export type WorkerMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'log'; readonly lines: readonly string[] }
  | { readonly kind: 'used'; readonly positions: readonly number[] }
  | { readonly kind: 'denied'; readonly denial: Denial }
  | { readonly kind: 'result'; readonly requestId: string; readonly result: string }
  | { readonly kind: 'error'; readonly requestId: string | undefined; readonly error: FunctionError };
