import { type AsyncInvokePorts, invokeAsync } from './async-invoke.ts';
import type { FunctionPlan } from './function.ts';
import { type FunctionSettings, type LocalFunction, localFunction } from './local-function.ts';
import type { InvocationResult } from './sandbox.ts';

/** The functions of a template, to be called by their names. */
export interface LocalFunctions {
  readonly byName: ReadonlyMap<string, LocalFunction>;
  /** Runs one with an event and waits for its end. Never throws. */
  invoke(name: string, event: unknown): Promise<InvocationResult>;
  /** Hands an event to one; Lambda repeats it and keeps what cannot be done. Throws if there is no such function. */
  invokeLater(name: string, event: unknown): void;
  stop(): Promise<void>;
}

/** Makes functions ready; their sandboxes start when they are needed. */
export const runFunctions = (
  plans: readonly FunctionPlan[],
  settings: FunctionSettings,
  ports: AsyncInvokePorts & { readonly onError: (error: unknown) => void },
): LocalFunctions => {
  const byName = new Map(plans.map((plan) => [plan.name, localFunction(plan, settings)]));

  return {
    byName,
    invoke: async (name, event) => byName.get(name)?.invoke(event) ?? notFound(name),
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

const notFound = (name: string): InvocationResult => ({
  ok: false,
  error: { errorType: 'ResourceNotFoundException', errorMessage: `Function not found: ${name}` },
});
