import type { Ambient } from '#domain/ambient.ts';
import type { WorkflowRuns, WorkflowStore } from '#domain/workflows/ports.ts';
import { crashed } from '#domain/workflows/run-progress.ts';
import { isOver, runProblem } from '#domain/workflows/workflow-run.ts';
import { retryOnConflict } from '../retry-on-conflict.ts';

export interface GiveUpRunPorts extends Pick<Ambient, 'now' | 'pause'> {
  readonly workflows: Pick<WorkflowStore, 'findVersion'>;
  readonly workflowRuns: Pick<WorkflowRuns, 'find' | 'note'>;
}

/** Notes that a run failed because the function that carries it on kept failing; a run that is over stays as it is. */
export const giveUpRun = async (
  ports: GiveUpRunPorts,
  { runId, errorName }: { readonly runId: string; readonly errorName: string },
): Promise<void> => {
  await retryOnConflict(ports, async () => {
    const run = await ports.workflowRuns.find(runId);
    if (!run || isOver(run)) return true;
    const version = await ports.workflows.findVersion(run.workflowId, run.workflowVersion);
    const failed = crashed(run, version?.definition, runProblem('STEP_CRASHED', errorName), ports.now());
    return (await ports.workflowRuns.note(failed, run.revision)) ? true : undefined;
  });
};
