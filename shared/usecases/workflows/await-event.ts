import type { AwaitedEvents, WorkflowExecutions, WorkflowRuns, WorkflowStore } from '#domain/workflows/ports.ts';
import { recordOfStep } from '#domain/workflows/run-progress.ts';
import { eventTypeId } from '#domain/workflows/workflow.ts';
import { isOver } from '#domain/workflows/workflow-run.ts';

export interface AwaitEventPorts {
  readonly workflows: Pick<WorkflowStore, 'findVersion'>;
  readonly workflowRuns: Pick<WorkflowRuns, 'find'>;
  readonly awaitedEvents: Pick<AwaitedEvents, 'await'>;
  readonly executions: Pick<WorkflowExecutions, 'wake'>;
}

/**
 * Leaves a token with what a run waits for, so that the event wakes the run; wakes it at once if the event came
 * already, or if the run does not wait for it any more.
 */
export const awaitEvent = async (
  ports: AwaitEventPorts,
  { runId, stepId, token }: { readonly runId: string; readonly stepId: string; readonly token: string },
): Promise<void> => {
  if (await isStillToWait(ports, { runId, stepId, token })) return;
  await ports.executions.wake(token);
};

const isStillToWait = async (
  { workflows, workflowRuns, awaitedEvents }: AwaitEventPorts,
  { runId, stepId, token }: { readonly runId: string; readonly stepId: string; readonly token: string },
): Promise<boolean> => {
  const run = await workflowRuns.find(runId);
  if (!run || isOver(run) || run.contactId === undefined) return false;
  const version = await workflows.findVersion(run.workflowId, run.workflowVersion);
  const step = version?.definition.steps[run.cursor];
  const isWaiting = step?.id === stepId && recordOfStep(run, stepId)?.until !== undefined;
  if (step?.type !== 'waitForEvent' || !isWaiting || version?.isDeleted) return false;
  const expectation = { runId, contactId: run.contactId, eventType: eventTypeId(step.eventTypeKey) };
  return !(await awaitedEvents.await(expectation, token));
};
