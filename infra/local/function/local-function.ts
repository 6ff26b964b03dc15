import { join } from 'node:path';
import type { Endpoints } from '../engine/endpoints.ts';
import type { Permissions } from '../permission/permissions.ts';
import { quotas } from '../quota/quotas.ts';
import type { KeyNames } from '../table/key-names.ts';
import { type AccountConcurrency, throttled } from './account-concurrency.ts';
import { sessionTokenOf } from './environment.ts';
import { type FunctionPlan, functionArn } from './function.ts';
import type { FunctionLog } from './function-log.ts';
import { type InvocationResult, type Sandbox, type SandboxSpec, startSandbox } from './sandbox.ts';
import { newTrace, type TraceHeader, withInvocation } from './trace.ts';

/** A function of the stack. */
export interface LocalFunction {
  readonly name: string;
  readonly plan: FunctionPlan;
  /**
   * Runs it with an event, as the next of a chain of messages; waits while all its sandboxes are busy, and is throttled while
   * all of the account's concurrency is at work. Never throws.
   */
  invoke(event: unknown, trace?: TraceHeader): Promise<InvocationResult>;
  /** Kills the sandboxes that are at work now, as a lost machine would, and returns how many these were. */
  kill(): Promise<number>;
  /** How many invocations run or wait now. */
  pending(): number;
  stop(): Promise<void>;
}

/** One run of a function. */
export interface Invocation {
  readonly plan: FunctionPlan;
  readonly event: unknown;
  /** From when a sandbox took it until it answered. */
  readonly milliseconds: number;
}

/** What all functions share. */
export interface FunctionSettings {
  /** The bundle's folder by the asset's key in the template. */
  readonly folderOf: (s3Key: string) => string;
  readonly environment: (plan: FunctionPlan) => Readonly<Record<string, string>>;
  /** Where it finds the engines. */
  readonly endpoints: Endpoints;
  readonly log: FunctionLog;
  /** A folder for compiled code; absent: none is kept. */
  readonly compiled: string | undefined;
  readonly permissions: Permissions;
  /** The names of the keys of tables, on which permissions may depend. */
  readonly keys: KeyNames;
  /** Sandboxes of one function at most. */
  readonly maxSandboxes: number;
  readonly account: AccountConcurrency;
  /** Hears of every run once it is over. */
  readonly onInvoked?: ((invocation: Invocation) => void) | undefined;
}

/** Makes a function ready; its sandboxes start when they are needed. */
export const localFunction = (plan: FunctionPlan, settings: FunctionSettings): LocalFunction => {
  const spec = sandboxSpec(plan, settings);
  const limit = Math.min(settings.maxSandboxes, plan.properties.ReservedConcurrentExecutions ?? Infinity);
  const busy = new Set<Sandbox>();
  const idle: Sandbox[] = [];
  const waiting: ((sandbox: Sandbox | undefined) => void)[] = [];
  let isStopped = false;

  const takeIdle = (): Sandbox | undefined => {
    for (let sandbox = idle.pop(); sandbox; sandbox = idle.pop()) if (sandbox.isAlive()) return sandbox;
    return undefined;
  };
  /** A sandbox once one is free; none if the function is stopped first. */
  const acquire = (): Promise<Sandbox | undefined> => {
    const sandbox = takeIdle() ?? (busy.size < limit ? startSandbox(spec) : undefined);
    if (!sandbox) return new Promise((resolve) => waiting.push(resolve));
    busy.add(sandbox);
    return Promise.resolve(sandbox);
  };
  const release = (sandbox: Sandbox): void => {
    busy.delete(sandbox);
    const next = waiting.shift();
    if (!next) return void (sandbox.isAlive() && idle.push(sandbox));
    const heir = sandbox.isAlive() ? sandbox : startSandbox(spec);
    busy.add(heir);
    next(heir);
  };

  const run = async (event: unknown, payload: string, trace: TraceHeader): Promise<InvocationResult> => {
    const sandbox = await acquire();
    if (!sandbox) return stopped;
    const startedAt = performance.now();
    try {
      const result = bounded(await sandbox.invoke(payload, trace));
      settings.onInvoked?.({ plan, event, milliseconds: performance.now() - startedAt });
      if (!result.ok && !isStopped) settings.log.failed(plan.name, result.error);
      return result;
    } finally {
      release(sandbox);
    }
  };

  return {
    name: plan.name,
    plan,
    pending: () => busy.size + waiting.length,
    invoke: async (event, trace = newTrace()) => {
      const payload = JSON.stringify(event) ?? 'null';
      if (Buffer.byteLength(payload) > quotas.functionEvent.limit) return tooLarge;
      if (isStopped) return stopped;
      if (!settings.account.take()) return throttled;
      try {
        return await run(event, payload, withInvocation(trace, plan.name));
      } finally {
        settings.account.giveBack();
      }
    },
    kill: async () => {
      const victims = [...busy];
      await Promise.all(victims.map((sandbox) => sandbox.kill()));
      return victims.length;
    },
    stop: async () => {
      isStopped = true;
      for (const giveUp of waiting.splice(0)) giveUp(undefined);
      await Promise.all([...busy, ...idle].map((sandbox) => sandbox.kill()));
    },
  };
};

const sandboxSpec = (plan: FunctionPlan, settings: FunctionSettings): SandboxSpec => {
  const { folderOf, environment, log, compiled, permissions, keys, endpoints } = settings;
  return {
    setup: {
      folder: folderOf(plan.properties.Code.S3Key),
      handler: plan.properties.Handler,
      logLevel: log.level,
      compiled: compiled && join(compiled, plan.name),
      guard: { rights: plan.rights, token: sessionTokenOf(plan.name), keys },
      services: servicesAt(endpoints),
    },
    environment: environment(plan),
    functionName: plan.name,
    functionArn: functionArn(plan.name),
    memoryMiB: plan.properties.MemorySize,
    timeoutSeconds: plan.properties.Timeout,
    onLog: (lines) => log.lines(plan.name, lines),
    onUse: (positions) => permissions.noteUse(plan.rights, positions),
    onDenial: permissions.noteDenial,
  };
};

const servicesAt = (endpoints: Endpoints): Record<string, keyof Endpoints> =>
  Object.fromEntries(
    (Object.keys(endpoints) as (keyof Endpoints)[]).map((service) => [new URL(endpoints[service]).host, service]),
  );

const failure = (errorType: string, errorMessage: string): InvocationResult => ({
  ok: false,
  error: { errorType, errorMessage },
});

const tooLarge = failure(
  'RequestTooLargeException',
  `Request must be smaller than ${quotas.functionEvent.limit} bytes for the InvokeFunction operation`,
);

const stopped = failure('ServiceException', 'The local stack is stopping');

const bounded = (result: InvocationResult): InvocationResult => {
  if (!result.ok || Buffer.byteLength(result.result) <= quotas.functionAnswer.limit) return result;
  return failure(
    'Function.ResponseSizeTooLarge',
    `Response payload size exceeded maximum allowed payload size (${quotas.functionAnswer.limit} bytes).`,
  );
};
