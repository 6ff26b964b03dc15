import { noteOfWork, runMinutes } from '#domain/unfinished.ts';
import type { WorkflowExecutions, WorkflowRuns } from '#domain/workflows/ports.ts';
import { isOver, type WorkflowRun } from '#domain/workflows/workflow-run.ts';
import { type GiveUpRunPorts, giveUpRun } from '../workflows/give-up-run.ts';
import { secondsAfter } from '../workflows/wait-in-run.ts';
import type { Looked } from './looked.ts';

export interface ResumeRunPorts extends GiveUpRunPorts {
  readonly workflowRuns: GiveUpRunPorts['workflowRuns'] & Pick<WorkflowRuns, 'find'>;
  readonly executions: Pick<WorkflowExecutions, 'start'>;
}

/** Times that a run is started again before it fails. */
const mostStarts = 3;

/**
 * Starts a run again that stands still: its execution never began, or ended before the run did. The run resumes where it
 * was, and two executions of it do no harm. If it still stands still, it fails.
 */
export const resumeRun = async (ports: ResumeRunPorts, runId: string, rounds: number): Promise<Looked> => {
  const run = await ports.workflowRuns.find(runId);
  if (!run || isOver(run)) return { outcome: 'over' };
  const now = ports.now();
  const movesUntil = secondsAfter(dueOf(run), runMinutes * 60);
  if (movesUntil > now)
    return { outcome: 'waits', next: noteOf(runId, { now: dueOf(run) > now ? dueOf(run) : now, rounds: 0 }) };
  if (rounds >= mostStarts) {
    await giveUpRun(ports, { runId, errorName: 'NobodyContinuedIt' });
    return { outcome: 'ended' };
  }
  await ports.executions.start(runId, rounds === 0 ? undefined : rounds);
  return { outcome: 'resumed', next: noteOf(runId, { now, rounds: rounds + 1 }) };
};

const noteOf = (runId: string, about: { readonly now: string; readonly rounds: number }) =>
  noteOfWork({ kind: 'run', runId }, { id: runId, minutes: runMinutes, ...about });

/** When it was to move, or moved last: a run that waits says until when. */
const dueOf = ({ state, updatedAt, steps }: WorkflowRun): string => {
  const until = steps.findLast((step) => step.until !== undefined && step.finishedAt === undefined)?.until;
  return state === 'waiting' && until !== undefined ? until : updatedAt;
};
