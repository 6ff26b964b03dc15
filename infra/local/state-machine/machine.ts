import { randomUUID } from 'node:crypto';
import type { StateMachine as Interpreter } from 'aws-local-stepfunctions';
import { isThrottled } from '../function/account-concurrency.ts';
import { functionNameOf } from '../function/function.ts';
import type { InvocationResult } from '../function/sandbox.ts';
import { quotas } from '../quota/quotas.ts';
import {
  forInterpreter,
  invokesFunction,
  type MachineDefinition,
  type TaskState,
  type WaitState,
  waitsForToken,
} from './definition.ts';
import { outgrowsHistory } from './history.ts';
import type { TaskTokens } from './task-tokens.ts';
import { millisecondsOfTask, millisecondsOfWait, waitFor } from './timing.ts';

/** What a machine runs with. */
export interface MachinePorts {
  readonly invoke: (functionName: string, event: unknown) => Promise<InvocationResult>;
  readonly tokens: TaskTokens;
  /** Waits and time-outs take so much of their time; 1 means all of it. */
  readonly waitFactor: number;
  /** Repeats of failed tasks wait so long, sooner than the definition says; for tests. */
  readonly retryAfterSeconds: number | undefined;
}

/** One run of a machine. */
export interface MachineRun {
  /** Ends with the output, or throws what failed it. */
  readonly result: Promise<unknown>;
  abort(): void;
}

/** What the interpreter hands to a task of ours: what the definition made of the input, and the input. */
interface Given {
  readonly given: unknown;
  readonly input: unknown;
}

/** A state machine on an interpreter of the Amazon States Language, with functions, tokens, waits and time-outs of ours. */
export const machineOf = (
  StateMachine: typeof Interpreter,
  { name, definition }: { readonly name: string; readonly definition: MachineDefinition },
  ports: MachinePorts,
) => {
  const interpreter = new StateMachine(forInterpreter(definition) as never, {
    validationOptions: { noValidate: true },
  });
  const { retryAfterSeconds } = ports;

  return (input: unknown, context: object): MachineRun => {
    const stopping = new AbortController();
    const handlers = Object.entries(definition.States).flatMap(([stateName, state]) => {
      if (state.Type === 'Wait') return [[stateName, waitHandler(state, ports, stopping.signal)]];
      return state.Type === 'Task' ? [[stateName, taskHandler(state, ports, stopping.signal)]] : [];
    });
    const retries = Object.keys(definition.States).map((stateName) => [stateName, (retryAfterSeconds ?? 0) * 1000]);
    const run = interpreter.run(input as never, {
      overrides: {
        taskResourceLocalHandlers: Object.fromEntries(handlers),
        ...(retryAfterSeconds !== undefined && { retryIntervalOverrides: Object.fromEntries(retries) }),
      },
      context: { ...context, Task: freshTokens(name) } as never,
    });
    const abort = () => {
      stopping.abort();
      run.abort();
    };
    const result = outgrowsHistory(run.eventLogs, definition).then((isOutgrown) => {
      if (!isOutgrown) return run.result;
      // What it ends with is not what it is aborted for.
      run.result.catch(() => {});
      abort();
      throw failure('States.Runtime', tooLong);
    });
    return { result, abort };
  };
};

const tooLong = `The execution reached the maximum number of history events (${quotas.historyEvents.limit}).`;

const tokenPrefix = 'task-token';

/** The part of the context object that is another one for each task; a token says which machine it is of. */
const freshTokens = (machineName: string) => ({
  get Token() {
    return `${tokenPrefix}/${machineName}/${randomUUID()}`;
  },
});

const waitHandler =
  (state: WaitState, { waitFactor }: MachinePorts, signal: AbortSignal) =>
  async ({ input }: Given) => {
    await waitFor(millisecondsOfWait(state, input) * waitFactor, signal);
    return input;
  };

const taskHandler =
  (state: TaskState, ports: MachinePorts, signal: AbortSignal) =>
  async ({ given, input }: Given): Promise<unknown> => {
    const milliseconds = millisecondsOfTask(state, input);
    const work = workOf(state, given, ports);
    if (milliseconds === undefined) return work.result;
    const over = new AbortController();
    const timeout = waitFor(milliseconds * ports.waitFactor, AbortSignal.any([signal, over.signal])).then(
      () => Promise.reject(failure('States.Timeout', 'The task took too long')),
      () => new Promise(() => {}),
    );
    try {
      return await Promise.race([work.result, timeout]);
    } finally {
      over.abort();
      work.end();
    }
  };

interface Work {
  readonly result: Promise<unknown>;
  end(): void;
}

const workOf = ({ Resource }: TaskState, given: unknown, ports: MachinePorts): Work => {
  const nothing = () => {};
  if (Resource !== invokesFunction && Resource !== waitsForToken) {
    return { result: invoke(ports, functionNameOf(Resource), given), end: nothing };
  }
  const { FunctionName, Payload } = given as { FunctionName: string; Payload: unknown };
  const call = () => invoke(ports, functionNameOf(FunctionName), Payload);
  if (Resource === invokesFunction) {
    return { result: call().then((payload) => ({ StatusCode: 200, Payload: payload })), end: nothing };
  }
  const token = tokenIn(Payload);
  // The called function may answer the token before it ends.
  const answer = ports.tokens.wait(token);
  return { result: call().then(() => answer), end: () => ports.tokens.forget(token) };
};

const tokenIn = (payload: unknown): string => {
  const found = Object.values(payload as object).find((value) => String(value).startsWith(tokenPrefix));
  if (typeof found !== 'string') throw failure('States.Runtime', 'The task hands no token on');
  return found;
};

const invoke = async ({ invoke: call }: MachinePorts, name: string, event: unknown): Promise<unknown> => {
  const result = await call(name, event);
  if (result.ok) return withinPayload(result.result);
  if (isThrottled(result)) throw failure('Lambda.TooManyRequestsException', result.error.errorMessage);
  throw failure(result.error.errorType, result.error.errorMessage);
};

const withinPayload = (text: string): unknown => {
  if (Buffer.byteLength(text) <= quotas.executionInput.limit) return JSON.parse(text);
  throw failure('States.DataLimitExceeded', `A task returned more than ${quotas.executionInput.limit} bytes`);
};

const failure = (name: string, message: string): Error => Object.assign(new Error(message), { name });
