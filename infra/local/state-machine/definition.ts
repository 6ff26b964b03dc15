import * as z from 'zod';

const lambdaArn = /^arn:aws:lambda:[^:]*:[^:]*:function:/;

/** The tasks that run here: a function by its ARN, or by the integration, which may wait for a token. */
export const waitsForToken = 'arn:aws:states:::lambda:invoke.waitForTaskToken';
export const invokesFunction = 'arn:aws:states:::lambda:invoke';

const path = z.string().regex(/^\$(\.\w+)*$/, 'only plain paths like $.order.id run');

const taskState = z.looseObject({
  Type: z.literal('Task'),
  Resource: z
    .string()
    .refine((resource) => lambdaArn.test(resource) || resource === invokesFunction || resource === waitsForToken, {
      error: ({ input }) => `the task ${String(input)} invokes no function`,
    }),
  TimeoutSeconds: z.number().optional(),
  TimeoutSecondsPath: path.optional(),
  HeartbeatSeconds: z.undefined({ error: 'heartbeats do not run' }).optional(),
});

const waitState = z.looseObject({
  Type: z.literal('Wait'),
  Seconds: z.number().optional(),
  SecondsPath: path.optional(),
  Timestamp: z.string().optional(),
  TimestampPath: path.optional(),
});

const otherState = z.looseObject({
  Type: z.enum(['Pass', 'Choice', 'Succeed', 'Fail']),
});

const state = z.discriminatedUnion('Type', [taskState, waitState, otherState], {
  error: 'only tasks, waits, choices and ends run here',
});

/** A state machine in the Amazon States Language, as far as it runs. */
export const machineDefinition = z.looseObject({
  StartAt: z.string(),
  States: z.record(z.string(), state),
  QueryLanguage: z.literal('JSONPath', { error: 'only JSONPath runs here' }).optional(),
});

/** A definition that was read. */
export type MachineDefinition = z.infer<typeof machineDefinition>;

export type TaskState = z.infer<typeof taskState>;
export type WaitState = z.infer<typeof waitState>;

/** Longer than any time-out that a timer of JavaScript can hold: what really ends a task is `timing.ts`. */
const taskSeconds = 2_000_000;

/**
 * The definition as the interpreter runs it. It knows neither tokens nor paths of time-outs, and its timers overflow after
 * 24 days: tasks and waits become tasks of ours, which are given their input beside what the definition makes of it.
 */
export const forInterpreter = (definition: MachineDefinition) => ({
  ...definition,
  States: Object.fromEntries(
    Object.entries(definition.States).map(([name, one]) => {
      if (one.Type !== 'Task' && one.Type !== 'Wait') return [name, one];
      const { TimeoutSeconds: _seconds, TimeoutSecondsPath: _path, Parameters, ...rest } = one as TaskState;
      const given = Parameters === undefined ? { 'given.$': '$' } : { given: Parameters };
      const task = { ...rest, Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:000000000000:function:local' };
      return [name, { ...task, TimeoutSeconds: taskSeconds, Parameters: { ...given, 'input.$': '$' } }];
    }),
  ),
});

/** The value at a plain path of an input. */
export const valueAt = (input: unknown, at: string): unknown =>
  at
    .split('.')
    .slice(1)
    .reduce<unknown>(
      (value, member) =>
        typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[member] : undefined,
      input,
    );
