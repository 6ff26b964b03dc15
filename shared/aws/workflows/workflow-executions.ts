import {
  ExecutionAlreadyExists,
  InvalidToken,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import type { WorkflowExecutions } from '#domain/workflows/ports.ts';
import { variable } from '#shared/environment.ts';
import { clientSettings, lazily } from '../clients/connect.ts';
import { withRetry } from '../clients/retry.ts';

/** Executions of the state machine, each named for its run, so that a run has one only. */
export const workflowExecutionsOn = (client: SFNClient, stateMachineArn: string): WorkflowExecutions => ({
  start: async (runId, replacement) => {
    const input = JSON.stringify({ runId });
    const name = replacement === undefined ? runId : `${runId}-${replacement}`;
    const execution = new StartExecutionCommand({ stateMachineArn, name, input });
    await withRetry(() => unless([ExecutionAlreadyExists], () => client.send(execution)));
  },

  wake: async (taskToken) => {
    const success = new SendTaskSuccessCommand({ taskToken, output: '{}' });
    await withRetry(() => unless([TaskTimedOut, TaskDoesNotExist, InvalidToken], () => client.send(success)));
  },
});

const workflowMachineArn = /* @__PURE__ */ variable('workflowMachineArn');

/** The executions of this stage. */
export const workflowExecutions: WorkflowExecutions = /* @__PURE__ */ lazily(() =>
  workflowExecutionsOn(new SFNClient(clientSettings), workflowMachineArn()),
);

/** Makes a call, for which some errors say that there is nothing left to do. */
const unless = async (
  errors: readonly (new (...given: never[]) => Error)[],
  call: () => Promise<unknown>,
): Promise<void> => {
  try {
    await call();
  } catch (error) {
    if (!errors.some((one) => error instanceof one)) throw error;
  }
};
