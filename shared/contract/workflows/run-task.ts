import * as z from 'zod/mini';

const runId = z.uuid();
const waiting = { stepId: z.string(), until: z.iso.datetime() };

const goOn = z.object({ runId });
const waited = z.object({ runId, kind: z.literal('wait'), ...waiting });
const timedOut = z.object({
  runId,
  kind: z.literal('awaitEvent'),
  ...waiting,
  timeout: z.object({ Error: z.string() }),
});
const awaiting = z.object({ runId, stepId: z.string(), taskToken: z.string() });
const givenUp = z.object({ runId, failure: z.object({ Error: z.string() }) });

/** What the state machine asks of the function that carries runs on. */
export type RunTask =
  | {
      readonly kind: 'run';
      readonly runId: string;
      readonly waited?: { readonly stepId: string; readonly until: string };
    }
  | { readonly kind: 'await'; readonly runId: string; readonly stepId: string; readonly token: string }
  | { readonly kind: 'give up'; readonly runId: string; readonly errorName: string };

/** Reads a task of the state machine: its input, or what it was answered before and what became of that. */
export const parseRunTask = (task: unknown): RunTask => {
  const failed = givenUp.safeParse(task);
  if (failed.success) return { kind: 'give up', runId: failed.data.runId, errorName: failed.data.failure.Error };
  const token = awaiting.safeParse(task);
  if (token.success) {
    return { kind: 'await', runId: token.data.runId, stepId: token.data.stepId, token: token.data.taskToken };
  }
  for (const over of [waited, timedOut]) {
    const { data } = over.safeParse(task);
    if (data) return { kind: 'run', runId: data.runId, waited: { stepId: data.stepId, until: data.until } };
  }
  return { kind: 'run', runId: goOn.parse(task).runId };
};

type Move =
  | { readonly kind: 'end' | 'fail' | 'goOn' }
  | { readonly kind: 'wait' | 'awaitEvent'; readonly stepId: string; readonly until: string };

/** The longest time-out of a task (an AWS Step Functions limit). */
const mostSeconds = 99_999_999;

/** What the state machine does next with a run. */
export const moveBody = (run: string, move: Move, now: string) => {
  if (move.kind !== 'awaitEvent') return { runId: run, ...move };
  const seconds = Math.ceil((Date.parse(move.until) - Date.parse(now)) / 1000);
  return { runId: run, ...move, timeoutSeconds: Math.min(Math.max(seconds, 1), mostSeconds) };
};
