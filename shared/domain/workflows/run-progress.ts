import type { StepResult } from './step-result.ts';
import { stepAfter, type WorkflowDefinition, type WorkflowStep } from './workflow.ts';
import { isOver, type RunProblem, type RunState, type StepRecord, type WorkflowRun } from './workflow-run.ts';

/** How far a run has come with what a step came to. */
export const withResult = (
  run: WorkflowRun,
  { steps }: WorkflowDefinition,
  result: StepResult,
  now: string,
): WorkflowRun => {
  const step = steps[run.cursor];
  if (!step) return ended(run, 'done', now);
  const contactId = ('contactId' in result ? result.contactId : undefined) ?? run.contactId;
  const met: WorkflowRun = {
    ...withRecord(run, recordOf(run, step, result, now)),
    ...(contactId !== undefined && { contactId }),
  };
  switch (result.kind) {
    case 'stop':
      return ended(met, 'stopped', now, result.problem);
    case 'fail':
      return ended(met, 'failed', now, result.problem);
    case 'done': {
      const cursor = stepAfter(steps, run.cursor, result.turn ?? 'continue');
      const moved = { ...met, cursor };
      return cursor < steps.length ? underWay(moved, 'running', now) : ended(moved, 'done', now);
    }
    default:
      return underWay(met, 'waiting', now);
  }
};

const underWay = (run: WorkflowRun, state: 'running' | 'waiting', now: string): WorkflowRun => ({
  ...run,
  state,
  updatedAt: now,
  revision: run.revision + 1,
});

/** A run that is over, and why. */
export const ended = (
  run: WorkflowRun,
  state: Exclude<RunState, 'running' | 'waiting'>,
  now: string,
  problem?: RunProblem,
): WorkflowRun => ({
  ...run,
  state,
  updatedAt: now,
  finishedAt: now,
  ...(problem && { problem }),
  revision: run.revision + 1,
});

/** A run whose step at work was given up, because the function that runs it kept failing. */
export const crashed = (
  run: WorkflowRun,
  definition: WorkflowDefinition | undefined,
  problem: RunProblem,
  now: string,
): WorkflowRun => {
  const step = definition?.steps[run.cursor];
  if (isOver(run)) return run;
  const met = step ? withRecord(run, recordOf(run, step, { kind: 'fail', problem }, now)) : run;
  return ended(met, 'failed', now, problem);
};

/** The record of a step that was met before. */
export const recordOfStep = ({ steps }: WorkflowRun, stepId: string): StepRecord | undefined =>
  steps.find(({ id }) => id === stepId);

const withRecord = (run: WorkflowRun, record: StepRecord): WorkflowRun => ({
  ...run,
  steps: [...run.steps.filter(({ id }) => id !== record.id), record],
});

const outcomes = {
  wait: 'waiting',
  await: 'waiting',
  retry: 'retrying',
  stop: 'stopped',
  fail: 'failed',
} as const satisfies Partial<Record<StepResult['kind'], StepRecord['outcome']>>;

const recordOf = (run: WorkflowRun, { id, type }: WorkflowStep, result: StepResult, now: string): StepRecord => {
  const known = recordOfStep(run, id);
  const attempts = ('attempts' in result ? result.attempts : undefined) ?? known?.attempts;
  const until = 'until' in result ? result.until : undefined;
  const problem = 'problem' in result ? result.problem : undefined;
  const came = result.kind === 'done' ? result.result : undefined;
  return {
    id,
    type,
    outcome: result.kind === 'done' ? (result.outcome ?? 'done') : outcomes[result.kind],
    startedAt: known?.startedAt ?? now,
    ...(until === undefined && { finishedAt: now }),
    ...(until !== undefined && { until }),
    ...(attempts !== undefined && { attempts }),
    ...(problem && { problem }),
    ...(came && { result: came }),
  };
};
