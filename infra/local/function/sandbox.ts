import { randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { Denial } from '../permission/grant.ts';
import type { FunctionError, Invoke, WorkerMessage, WorkerSetup } from './messages.ts';
import { sandboxCode } from './sandbox-code.ts';

/** How one invocation ended: with its result as JSON, or with an error in Lambda's form. */
export type InvocationResult =
  | { readonly ok: true; readonly result: string }
  | { readonly ok: false; readonly error: FunctionError };

/** What a sandbox runs and within which bounds. */
export interface SandboxSpec {
  readonly setup: WorkerSetup;
  readonly environment: Readonly<Record<string, string>>;
  readonly functionName: string;
  readonly functionArn: string;
  readonly memoryMiB: number;
  readonly timeoutSeconds: number;
  readonly onLog: (lines: readonly string[]) => void;
  /** Grants that were used for the first time, by their positions. */
  readonly onUse: (positions: readonly number[]) => void;
  readonly onDenial: (denial: Denial) => void;
}

/** One execution environment: a worker thread that takes one invocation at a time. */
export interface Sandbox {
  invoke(event: string, trace: string): Promise<InvocationResult>;
  /** Ends it at once, with whatever it is doing. */
  kill(): Promise<void>;
  isAlive(): boolean;
}

/** Lambda gives a function this long to load. */
const initSeconds = 10;

/** Starts a sandbox; its function loads while the first invocation waits. */
export const startSandbox = (spec: SandboxSpec): Sandbox => {
  const worker = new Worker(sandboxCode(), {
    workerData: spec.setup,
    env: { ...spec.environment },
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: spec.memoryMiB },
  });
  let isAlive = true;
  let current: Settle | undefined;
  let failedToLoad: FunctionError | undefined;
  const loaded = Promise.withResolvers<void>();

  const end = (error: FunctionError) => {
    isAlive = false;
    failedToLoad ??= error;
    loaded.resolve();
    current?.({ ok: false, error });
    current = undefined;
  };
  worker.on('message', (message: WorkerMessage) => {
    if (message.kind === 'ready') return loaded.resolve();
    if (message.kind === 'log') return spec.onLog(message.lines);
    if (message.kind === 'used') return spec.onUse(message.positions);
    if (message.kind === 'denied') return spec.onDenial(message.denial);
    if (message.kind === 'error' && message.requestId === undefined) return end(message.error);
    const settle = current;
    current = undefined;
    settle?.(message.kind === 'result' ? { ok: true, result: message.result } : { ok: false, error: message.error });
  });
  worker.on('error', (error) => end(crash(error)));
  worker.on('exit', (code) =>
    end({ errorType: 'Runtime.ExitError', errorMessage: `Runtime exited with error: exit status ${code}` }),
  );
  worker.stdout.resume();
  worker.stderr.resume();

  const kill = async () => {
    isAlive = false;
    await worker.terminate();
  };
  const timeOut = (seconds: number, requestId: string) => {
    end({
      errorType: 'Sandbox.Timedout',
      errorMessage: `RequestId: ${requestId} Error: Task timed out after ${seconds.toFixed(2)} seconds`,
    });
    void kill();
  };

  return {
    isAlive: () => isAlive,
    kill,
    invoke: async (event, trace) => {
      const requestId = randomUUID();
      const initTimer = setTimeout(timeOut, initSeconds * 1000, initSeconds, requestId);
      await loaded.promise;
      clearTimeout(initTimer);
      if (failedToLoad) return { ok: false, error: failedToLoad };
      const timer = setTimeout(timeOut, spec.timeoutSeconds * 1000, spec.timeoutSeconds, requestId);
      const ended = new Promise<InvocationResult>((resolve) => {
        current = resolve;
      });
      worker.postMessage(invocation(spec, requestId, { event, trace }));
      return ended.finally(() => clearTimeout(timer));
    },
  };
};

type Settle = (result: InvocationResult) => void;

const invocation = (spec: SandboxSpec, requestId: string, work: Pick<Invoke, 'event' | 'trace'>): Invoke => ({
  requestId,
  ...work,
  deadline: Date.now() + spec.timeoutSeconds * 1000,
  functionName: spec.functionName,
  functionArn: spec.functionArn,
  memoryMiB: spec.memoryMiB,
});

const crash = (error: unknown): FunctionError => {
  const { name, message, code } = error as { name?: string; message?: string; code?: string };
  if (code === 'ERR_WORKER_OUT_OF_MEMORY')
    return { errorType: 'Runtime.OutOfMemory', errorMessage: 'Runtime exited with error: signal: killed' };
  return { errorType: name ?? 'Runtime.ExitError', errorMessage: message ?? String(error) };
};
