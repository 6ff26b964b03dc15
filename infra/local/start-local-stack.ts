import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { startGateway } from './api/gateway.ts';
import type { TrailingSlashes } from './api/route-table.ts';
import type { OwnRule } from './bus/read-own-rules.ts';
import { takeFolder } from './data-folder.ts';
import { clientEnvironment, type Endpoints } from './engine/endpoints.ts';
import { removeLeftFolders, temporaryFolder } from './engine/temporary-folder.ts';
import type { LocalAllowances } from './function/environment.ts';
import { functionLog } from './function/function-log.ts';
import type { Invocation, LocalFunction } from './function/local-function.ts';
import type { LogLevel } from './function/log-level.ts';
import type { PermissionRecord } from './permission/permissions.ts';
import { inspectQueues, type LocalQueues } from './queue/inspect-queues.ts';
import { quotas } from './quota/quotas.ts';
import { runTemplate } from './run-template.ts';
import type { StackPlan } from './stack-plan.ts';
import { type EngineSettings, startEngines } from './start-engines.ts';
import { type StackState, writeState } from './state-file.ts';
import { type LocalSettings, type StackSource, synthesizeLocally } from './synthesis.ts';

/** How a local stack runs; everything may be left out. */
export interface LocalStackOptions {
  /** 0: any free one. */
  readonly port?: number;
  /** A folder in which tables, queues and objects survive; without it they are gone when the stack stops. */
  readonly dataDir?: string | undefined;
  /** A DynamoDB-compatible server to use instead of the engine that ships. */
  readonly dynamoDbEndpoint?: string | undefined;
  /** What is allowed here and nowhere else. */
  readonly allowances?: LocalAllowances;
  /** From which level on the log lines of functions are shown. */
  readonly logLevel?: LogLevel;
  readonly writeLog?: (line: string) => void;
  /** Settings of the stage that differ from those in `infra/stages.ts`. */
  readonly settings?: LocalSettings;
  /** A stack to run instead of the project's own. */
  readonly source?: StackSource;
  /** Sandboxes of one function at most. */
  readonly maxSandboxes?: number;
  /** Returns failed messages and events after this time, sooner than their queues would; for tests. */
  readonly redeliverAfterSeconds?: number;
  /** Waits of workflows take so much of their time: 0.001 makes an hour 3.6 seconds. */
  readonly waitFactor?: number;
  /** How the gateway reads a path that ends in a slash; `apart` if absent. */
  readonly trailingSlashes?: TrailingSlashes;
  /** Names by which the gateway may be called beside those of this machine. */
  readonly hosts?: readonly string[];
  /** What AWS does under strain and to new accounts; nothing of it if absent. */
  readonly strain?: EngineSettings['strain'];
  /** What is put between the functions and an engine; for tests. */
  readonly proxies?: EngineSettings['proxies'];
  /** Consumers outside of the stack, which get events of its bus. */
  readonly ownRules?: readonly OwnRule[];
  /** Hears of what AWS would refuse, in a line each, which the log shows, too. */
  readonly onRefused?: (line: string) => void;
  /** Hears of every run of a function, once it is over. */
  readonly onInvoked?: (invocation: Invocation) => void;
  /** Gives up starting. */
  readonly signal?: AbortSignal;
}

/** A running local stack. */
export interface LocalStack extends StackState {
  /** A function by its name or the end of it, e.g. `import-chunk`. Throws if there is none. */
  fn(name: string): LocalFunction;
  /** The queues by their names or the ends of them, e.g. `dead-letter`. */
  readonly queues: LocalQueues;
  /** The addresses at which functions call the engines: their own, or those of proxies. */
  readonly seenByFunctions: Endpoints;
  /** What was granted, what of it was used, and what was denied. */
  readonly permissions: PermissionRecord;
  /** Ends everything that was started; repeating it is harmless. */
  stop(): Promise<void>;
}

/**
 * Runs the stack on this machine. Throws `CannotStart` for a port in use or a missing engine, and `StackRefused` for a
 * template that asks for what does not run here; what was started is stopped before it throws.
 */
export const startLocalStack = async (options: LocalStackOptions = {}): Promise<LocalStack> => {
  const closers: (() => Promise<unknown>)[] = [];
  const stop = stopInReverse(closers);
  const signal = options.signal ?? new AbortController().signal;
  try {
    return await start(options, { signal, closers, stop });
  } catch (error) {
    await stop();
    throw error;
  }
};

/** More sandboxes than cores start slower than they work; two at least, as functions must not rely on being alone. */
const defaultSandboxes = Math.max(2, Math.min(4, availableParallelism()));

interface Course {
  readonly signal: AbortSignal;
  readonly closers: (() => Promise<unknown>)[];
  readonly stop: () => Promise<void>;
}

const start = async (options: LocalStackOptions, { signal, closers, stop }: Course): Promise<LocalStack> => {
  const writeLog = options.writeLog ?? ((line) => process.stderr.write(`${line}\n`));
  const gateway = await startGateway(options.port ?? 0);
  closers.push(() => gateway.stop());
  const { dataDir, dynamoDbEndpoint, strain = {}, proxies = {} } = options;
  if (dataDir) {
    const giveBack = await takeFolder(dataDir);
    closers.unshift(async () => giveBack());
  }
  await removeLeftFolders();
  const [source, engines] = await bothOrNeither([
    options.source ?? synthesizeIntoTemporary(options.settings ?? {}, signal, closers),
    startEngines({ dataDir, dynamoDbEndpoint, strain, proxies }, (stopEngine) => closers.unshift(stopEngine)),
  ]);
  signal.throwIfAborted();
  const running = await runTemplate(source, {
    gateway,
    ...engines,
    allowances: options.allowances ?? {},
    log: functionLog(options.logLevel ?? 'WARN', writeLog),
    refuse: (line) => {
      writeLog(line);
      options.onRefused?.(line);
    },
    ownRules: options.ownRules ?? [],
    tell: writeLog,
    onError: (error) => writeLog(`[local stack] ${error instanceof Error ? error.message : String(error)}`),
    maxSandboxes: options.maxSandboxes ?? defaultSandboxes,
    mostFunctionsAtOnce: strain.newAccount ? quotas.newAccountFunctions.limit : undefined,
    redeliverAfterSeconds: options.redeliverAfterSeconds,
    waitFactor: options.waitFactor ?? 1,
    trailingSlashes: options.trailingSlashes ?? 'apart',
    hosts: options.hosts ?? [],
    onInvoked: options.onInvoked,
  });
  closers.splice(-1, 0, () => running.stop());
  signal.throwIfAborted();
  const state: StackState = {
    port: gateway.port,
    url: gateway.url,
    outputs: running.plan.outputs,
    environment: { ...agreedVariables(running.plan), ...clientEnvironment(engines.own) },
  };
  closers.push(await writeState(state));

  return {
    ...state,
    fn: finder(running.functions),
    queues: inspectQueues(engines.own.sqs, running.plan.queues),
    permissions: running.permissions,
    seenByFunctions: engines.seenByFunctions,
    stop,
  };
};

const stopInReverse = (closers: (() => Promise<unknown>)[]) => {
  let stopping: Promise<void> | undefined;
  const stopAll = async () => {
    for (let close = closers.pop(); close; close = closers.pop()) await close();
  };
  return () => {
    stopping ??= stopAll();
    return stopping;
  };
};

/** Fails only when both have ended, so that nothing starts after the stop. */
const bothOrNeither = async <Left, Right>(
  pair: readonly [Left | Promise<Left>, Promise<Right>],
): Promise<[Left, Right]> => {
  await Promise.allSettled(pair);
  return Promise.all(pair);
};

const synthesizeIntoTemporary = async (
  settings: LocalSettings,
  signal: AbortSignal,
  closers: (() => Promise<unknown>)[],
): Promise<StackSource> => {
  const folder = await temporaryFolder('stack');
  closers.unshift(() => rm(folder, { recursive: true, force: true }));
  return synthesizeLocally(folder, settings, signal);
};

/** The variables that every function which has them agrees on: what commands outside need to find things. */
const agreedVariables = ({ functions }: StackPlan): Record<string, string> => {
  const values = Map.groupBy(
    functions.flatMap(({ properties }) => Object.entries(properties.Environment?.Variables ?? {})),
    ([name]) => name,
  );
  const agreed = [...values].filter(([, entries]) => new Set(entries.map(([, value]) => value)).size === 1);
  return Object.fromEntries(agreed.map(([name, entries]) => [name, entries[0]?.[1] ?? '']));
};

const finder = (functions: ReadonlyMap<string, LocalFunction>) => (name: string) => {
  const found = functions.get(name) ?? [...functions.values()].find((fn) => fn.name.endsWith(`-${name}`));
  if (!found) throw new Error(`There is no function ${name}: ${[...functions.keys()].join(', ')}`);
  return found;
};
