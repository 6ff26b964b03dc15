import type { InvocationResult } from '../function/sandbox.ts';
import type { Rights } from '../permission/grant.ts';
import { localArn } from '../template/location.ts';
import type { Execution, ExecutionStore } from './execution-store.ts';
import { type MachinePorts, type MachineRun, machineOf } from './machine.ts';
import type { StateMachinePlan } from './state-machine.ts';
import { stateMachineArn } from './state-machine.ts';

/** Starts executions and follows them to their ends. */
export interface Executions {
  /** `unknown`: there is no such machine; `taken`: another execution has the name, or the same with another input. */
  start(machineArn: string, name: string, input: string): Execution | 'unknown' | 'taken';
  /** Begins those again that were under way when the stack stopped. */
  resume(): void;
  /** Takes no step any more: with a data folder what is under way begins again at the next start. */
  rest(): Promise<void>;
}

/** What executions run with: a function is invoked by the rights of the machine. */
export interface ExecutionPorts extends Omit<MachinePorts, 'invoke'> {
  readonly invoke: (rights: Rights, functionName: string, event: unknown) => Promise<InvocationResult>;
}

type Run = (input: unknown, context: object) => MachineRun;

/** Executions of the machines of a template. */
export const executionsOf = async (
  machines: readonly StateMachinePlan[],
  store: ExecutionStore,
  ports: ExecutionPorts,
): Promise<Executions> => {
  const { StateMachine } = await import('aws-local-stepfunctions');
  const runs = new Map<string, Run>(
    machines.map(({ name, properties, rights }) => [
      stateMachineArn(name),
      machineOf(
        StateMachine,
        { name, definition: properties.DefinitionString },
        {
          ...ports,
          invoke: (functionName, event) => ports.invoke(rights, functionName, event),
        },
      ),
    ]),
  );
  const underWay = new Map<string, MachineRun & { readonly over: Promise<void> }>();
  let isStopping = false;

  const carryOut = (execution: Execution, run: Run): void => {
    const { arn, name, input, machineArn, startedAt } = execution;
    const context = {
      Execution: { Id: arn, Name: name, StartTime: new Date(startedAt).toISOString() },
      StateMachine: { Id: machineArn, Name: machineArn.split(':').at(-1) },
    };
    const started = run(JSON.parse(input), context);
    const over = started.result.then(
      (output) => end(arn, { status: 'SUCCEEDED', output: JSON.stringify(output), error: null, cause: null }),
      (error: unknown) => end(arn, { status: 'FAILED', output: null, ...reasonOf(error) }),
    );
    underWay.set(arn, { ...started, over });
  };
  const end = (arn: string, how: Parameters<ExecutionStore['end']>[1]): void => {
    if (isStopping) return;
    underWay.delete(arn);
    store.end(arn, how);
  };

  return {
    start: (machineArn, name, input) => {
      const run = runs.get(machineArn);
      if (!run) return 'unknown';
      const arn = localArn('states', `execution:${machineArn.split(':').at(-1)}:${name}`);
      const known = store.find(arn);
      if (known) return known.status === 'RUNNING' && known.input === input ? known : 'taken';
      const begun = { status: 'RUNNING', startedAt: Date.now(), stoppedAt: null, output: null, error: null } as const;
      const execution: Execution = { arn, machineArn, name, input, ...begun, cause: null };
      store.insert(execution);
      carryOut(execution, run);
      return execution;
    },
    resume: () => {
      for (const execution of store.running()) {
        const run = runs.get(execution.machineArn);
        if (run && !underWay.has(execution.arn)) carryOut(execution, run);
      }
    },
    rest: async () => {
      isStopping = true;
      for (const { abort } of underWay.values()) abort();
      await Promise.all([...underWay.values()].map(({ over }) => over));
    },
  };
};

/** The interpreter wraps what failed an execution. */
const reasonOf = (error: unknown): { error: string; cause: string } => {
  const reason = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return reason instanceof Error
    ? { error: reason.name, cause: reason.message }
    : { error: 'States.Runtime', cause: String(reason) };
};
