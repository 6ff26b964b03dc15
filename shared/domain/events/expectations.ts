import type { Expectation } from '../workflows/ports.ts';
import { awaitedTypes, type WorkflowDefinition } from '../workflows/workflow.ts';
import type { WorkflowRun } from '../workflows/workflow-run.ts';

/** What a run may wait for; nothing while its contact is unknown. */
export const expectationsOf = ({ runId, contactId }: WorkflowRun, { steps }: WorkflowDefinition): Expectation[] =>
  contactId === undefined ? [] : awaitedTypes(steps).map((eventType) => ({ runId, contactId, eventType }));
