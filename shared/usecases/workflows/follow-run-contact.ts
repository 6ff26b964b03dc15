import { expectationsOf } from '#domain/events/expectations.ts';
import type { AwaitedEvents, WorkflowRuns } from '#domain/workflows/ports.ts';
import type { WorkflowDefinition } from '#domain/workflows/workflow.ts';
import type { WorkflowRun } from '#domain/workflows/workflow-run.ts';

export interface FollowRunContactPorts {
  readonly workflowRuns: Pick<WorkflowRuns, 'file'>;
  readonly awaitedEvents: Pick<AwaitedEvents, 'expect'>;
}

/**
 * Has a run found by its contact, and its contact's events heard for it, before anything of it is done that such an event
 * may follow from. Repeating it is harmless.
 */
export const followRunContact = async (
  { workflowRuns, awaitedEvents }: FollowRunContactPorts,
  run: WorkflowRun,
  definition: WorkflowDefinition,
  fingerprints: readonly string[] = [],
): Promise<void> => {
  const { event, expiresAt } = run;
  const about = { since: event.occurredAt, launchedBy: event.eventId, expiresAt };
  await Promise.all([
    workflowRuns.file(run, fingerprints),
    ...expectationsOf(run, definition).map((expectation) => awaitedEvents.expect(expectation, about)),
  ]);
};
