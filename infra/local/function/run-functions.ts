import type { Rights } from '../permission/grant.ts';
import type { Permissions } from '../permission/permissions.ts';
import { type AsyncInvokePorts, invokeAsync } from './async-invoke.ts';
import { callsOfLambda } from './calls-of-lambda.ts';
import { type FunctionPlan, functionArn } from './function.ts';
import { type FunctionSettings, type LocalFunction, localFunction } from './local-function.ts';
import type { InvocationResult } from './sandbox.ts';

/** The functions of a template, to be called by their names. */
export interface LocalFunctions {
  readonly byName: ReadonlyMap<string, LocalFunction>;
  /** Runs one by the rights of its caller and waits for its end; `from` is the ARN of the caller. Never throws. */
  invoke(rights: Rights, name: string, event: unknown, from?: string): Promise<InvocationResult>;
  /** Runs one for a caller whose rights were checked before. Never throws. */
  invokeByName(name: string, event: unknown): Promise<InvocationResult>;
  /** Hands an event to one; Lambda repeats it and keeps what cannot be done. Throws if there is no such function. */
  invokeLater(name: string, event: unknown): void;
  stop(): Promise<void>;
}

/** What functions need beside their settings. */
export interface FunctionPorts extends AsyncInvokePorts {
  readonly permissions: Permissions;
  readonly onError: (error: unknown) => void;
}

/** Makes functions ready; their sandboxes start when they are needed. */
export const runFunctions = (
  plans: readonly FunctionPlan[],
  settings: FunctionSettings,
  ports: FunctionPorts,
): LocalFunctions => {
  const { permissions } = ports;
  for (const plan of plans) for (const call of callsOfLambda(plan)) permissions.allows(plan.rights, call);
  const byName = new Map(plans.map((plan) => [plan.name, localFunction(plan, settings)]));

  const invokeByName = async (name: string, event: unknown) => byName.get(name)?.invoke(event) ?? notFound(name);

  return {
    byName,
    invokeByName,
    invoke: async (rights, name, event, from) => {
      const context = from === undefined ? {} : { 'aws:SourceArn': [from] };
      const call = { action: 'lambda:InvokeFunction', resource: functionArn(name), context };
      if (!permissions.allows(rights, call)) return notAllowed(rights.caller, name);
      return invokeByName(name, event);
    },
    invokeLater: (name, event) => {
      const fn = byName.get(name);
      if (!fn) throw new Error(`The function ${name} does not run here`);
      invokeAsync(ports, fn, event).catch(ports.onError);
    },
    stop: async () => {
      await Promise.all([...byName.values()].map((fn) => fn.stop()));
    },
  };
};

const failure = (errorType: string, errorMessage: string): InvocationResult => ({
  ok: false,
  error: { errorType, errorMessage },
});

const notFound = (name: string) => failure('ResourceNotFoundException', `Function not found: ${name}`);

const notAllowed = (caller: string, name: string) =>
  failure(
    'Lambda.AWSLambdaException',
    `User: ${caller} is not authorized to perform: lambda:InvokeFunction on ${name}`,
  );
