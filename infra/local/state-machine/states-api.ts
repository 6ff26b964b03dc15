import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { quotas } from '../quota/quotas.ts';
import type { Execution, ExecutionStore } from './execution-store.ts';
import type { Executions } from './executions.ts';
import type { TaskTokens } from './task-tokens.ts';

/** What calls of the service are answered with. */
export interface StatesAnswer {
  readonly status: number;
  readonly body: object;
}

/** What stands behind the service. */
export interface StatesPorts {
  readonly executions: Executions;
  readonly store: ExecutionStore;
  readonly tokens: TaskTokens;
}

const name = z.string().regex(/^[^\s<>{}[\]?*"#%\\^|~`$&,;:/]{1,80}$/);

const calls = {
  StartExecution: z.object({ stateMachineArn: z.string(), name: name.optional(), input: z.string().default('{}') }),
  DescribeExecution: z.object({ executionArn: z.string() }),
  SendTaskSuccess: z.object({ taskToken: z.string(), output: z.string() }),
  SendTaskFailure: z.object({ taskToken: z.string(), error: z.string().optional(), cause: z.string().optional() }),
} as const;

type Action = keyof typeof calls;

/** Answers one call of AWS Step Functions by its action, as far as it runs here. */
export const answerStates = (action: string, body: unknown, ports: StatesPorts): StatesAnswer => {
  if (!Object.hasOwn(calls, action)) return refused('UnknownOperationException', `${action} does not run here`);
  const parsed = calls[action as Action].safeParse(body);
  if (!parsed.success) return refused('ValidationException', z.prettifyError(parsed.error));
  return answers[action as Action](parsed.data as never, ports);
};

const done = (body: object = {}): StatesAnswer => ({ status: 200, body });

const refused = (type: string, message: string): StatesAnswer => ({ status: 400, body: { __type: type, message } });

const seconds = (milliseconds: number): number => milliseconds / 1000;

type Call<Name extends Action> = z.output<(typeof calls)[Name]>;

const answers: { readonly [Name in Action]: (call: Call<Name>, ports: StatesPorts) => StatesAnswer } = {
  StartExecution: ({ stateMachineArn, name: given, input }, { executions }) => {
    if (parse(input) === undefined || Buffer.byteLength(input) > quotas.executionInput.limit)
      return refused('InvalidExecutionInput', 'The input is no JSON, or too long');
    const started = executions.start(stateMachineArn, given ?? randomUUID(), input);
    if (started === 'unknown') return refused('StateMachineDoesNotExist', `There is no ${stateMachineArn}`);
    if (started === 'taken') return refused('ExecutionAlreadyExists', `Execution Already Exists: '${given}'`);
    return done({ executionArn: started.arn, startDate: seconds(started.startedAt) });
  },

  DescribeExecution: ({ executionArn }, { store }) => {
    const execution = store.find(executionArn);
    return execution ? done(described(execution)) : refused('ExecutionDoesNotExist', `There is no ${executionArn}`);
  },

  SendTaskSuccess: ({ taskToken, output }, { tokens }) => {
    const value = parse(output);
    if (value === undefined) return refused('InvalidOutput', 'The output is no JSON');
    return answered(tokens.succeed(taskToken, value));
  },

  SendTaskFailure: ({ taskToken, error = 'Error', cause = '' }, { tokens }) =>
    answered(tokens.fail(taskToken, Object.assign(new Error(cause), { name: error }))),
};

const answered = (outcome: 'done' | 'unknown'): StatesAnswer =>
  outcome === 'done' ? done() : refused('TaskTimedOut', 'Task Timed Out: nothing waits by this token');

const described = ({ arn, machineArn, name: title, input, status, startedAt, ...end }: Execution) => ({
  executionArn: arn,
  stateMachineArn: machineArn,
  name: title,
  input,
  status,
  startDate: seconds(startedAt),
  ...(end.stoppedAt !== null && { stopDate: seconds(end.stoppedAt) }),
  ...(end.output !== null && { output: end.output }),
  ...(end.error !== null && { error: end.error, cause: end.cause ?? '' }),
});

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
