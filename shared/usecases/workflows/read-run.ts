import { RollcallError } from '#domain/error.ts';
import type { WorkflowRuns } from '#domain/workflows/ports.ts';
import type { WorkflowRun } from '#domain/workflows/workflow-run.ts';

/**
 * A run by its id.
 * @throws RollcallError NOT_FOUND.
 */
export const readRun = async (
  { workflowRuns }: { readonly workflowRuns: Pick<WorkflowRuns, 'find'> },
  runId: string,
): Promise<WorkflowRun> => {
  const run = await workflowRuns.find(runId);
  if (run) return run;
  throw new RollcallError('NOT_FOUND', `Workflow run '${runId}' not found`);
};
