import type { Ambient } from '#domain/ambient.ts';
import { expectationsOf } from '#domain/events/expectations.ts';
import type { AwaitedEvents, WorkflowRuns, WorkflowStore, WorkflowVersion } from '#domain/workflows/ports.ts';
import { ended, recordOfStep, withResult } from '#domain/workflows/run-progress.ts';
import type { StepAtWork } from '#domain/workflows/step-result.ts';
import type { WorkflowDefinition } from '#domain/workflows/workflow.ts';
import { isOver, runProblem, type WorkflowRun } from '#domain/workflows/workflow-run.ts';
import { followRunContact } from './follow-run-contact.ts';
import { type TakeStepPorts, takeStep } from './take-step.ts';

export interface RunWorkflowPorts extends TakeStepPorts, Pick<Ambient, 'now'> {
  readonly workflows: Pick<WorkflowStore, 'findVersion'>;
  readonly workflowRuns: Pick<WorkflowRuns, 'find' | 'note' | 'file'>;
  readonly awaitedEvents: AwaitedEvents;
}

/** A step, and until when it waits or was waited for. */
export interface Waiting {
  readonly stepId: string;
  readonly until: string;
}

/** What is to be done next with a run: end, carry it on, or wait before that. */
export type RunMove =
  | { readonly kind: 'end' | 'fail' | 'goOn' }
  | ({ readonly kind: 'wait' } & Waiting)
  /** It resumes before that time if the event comes. */
  | ({ readonly kind: 'awaitEvent' } & Waiting);

/** After so long the rest is left to another invocation. */
const budgetMilliseconds = 20_000;

/**
 * Continues a run, step after step, until one has to wait or the run is over; `waited` says which waiting is over. Each
 * step's result is written on the condition that no other writer was faster: a function that crashes or is overtaken
 * leaves a step to be repeated, which is harmless.
 */
export const runWorkflow = async (ports: RunWorkflowPorts, runId: string, waited?: Waiting): Promise<RunMove> => {
  const deadline = Date.parse(ports.now()) + budgetMilliseconds;
  let version: WorkflowVersion | undefined;
  for (;;) {
    const run = await ports.workflowRuns.find(runId);
    if (!run) return { kind: 'end' };
    version ??= await ports.workflows.findVersion(run.workflowId, run.workflowVersion);
    if (isOver(run)) return close(ports, run, version?.definition);
    if (Date.parse(ports.now()) > deadline) return { kind: 'goOn' };
    const move = version?.isDeleted === false ? await advance(ports, run, version, waited) : await stop(ports, run);
    if (move) return move;
  }
};

/** Takes the current step and writes what it came to; the move if it has to wait. */
const advance = async (
  ports: RunWorkflowPorts,
  run: WorkflowRun,
  version: WorkflowVersion,
  waited: Waiting | undefined,
): Promise<RunMove | undefined> => {
  const { definition } = version;
  const at = stepAtWork(run, version, { waited, now: ports.now() });
  const isEarly = at?.record?.until !== undefined && !at.isDue;
  if (isEarly && at.step.type !== 'waitForEvent') return waitingMove(run, definition);
  const result = at ? await takeStep(ports, at) : undefined;
  if (isEarly && result?.kind === 'await') return waitingMove(run, definition);
  const now = ports.now();
  const next = result ? withResult(run, definition, result, now) : ended(run, 'done', now);
  if (next.contactId !== run.contactId) await followRunContact(ports, next, definition);
  // A faster writer is seen when the run is read again.
  const isNoted = await ports.workflowRuns.note(next, run.revision);
  return isNoted && next.state === 'waiting' ? waitingMove(next, definition) : undefined;
};

const stepAtWork = (
  run: WorkflowRun,
  { definition, webhookSecretNumber }: WorkflowVersion,
  { waited, now }: { readonly waited: Waiting | undefined; readonly now: string },
): StepAtWork | undefined => {
  const step = definition.steps[run.cursor];
  if (!step) return undefined;
  const record = recordOfStep(run, step.id);
  const { until } = record ?? {};
  const isDue = until !== undefined && (until <= now || (waited?.stepId === step.id && waited.until === until));
  return { run, definition, step, record, isDue, token: `${run.runId}#${step.id}`, webhookSecretNumber };
};

/** What a run that waits is waiting for. */
const waitingMove = (run: WorkflowRun, { steps }: WorkflowDefinition): RunMove | undefined => {
  const step = steps[run.cursor];
  const until = step && recordOfStep(run, step.id)?.until;
  if (!step || until === undefined) return undefined;
  return { kind: step.type === 'waitForEvent' ? 'awaitEvent' : 'wait', stepId: step.id, until };
};

const stop = async (ports: RunWorkflowPorts, run: WorkflowRun): Promise<undefined> => {
  await ports.workflowRuns.note(ended(run, 'stopped', ports.now(), runProblem('WORKFLOW_DELETED')), run.revision);
};

const close = async (
  ports: RunWorkflowPorts,
  run: WorkflowRun,
  definition: WorkflowDefinition | undefined,
): Promise<RunMove> => {
  if (definition) await ports.awaitedEvents.dismiss(expectationsOf(run, definition));
  return { kind: run.state === 'failed' ? 'fail' : 'end' };
};
