import { awaitedTypes, type WorkflowDefinition } from './workflow.ts';
import type { Expectation } from './workflow-ports.ts';
import type { WorkflowRun } from './workflow-run.ts';

/** What a run may wait for; nothing as long as it is about nobody. */
export const expectationsOf = ({ runId, contactId }: WorkflowRun, { steps }: WorkflowDefinition): Expectation[] =>
  contactId === undefined ? [] : awaitedTypes(steps).map((eventType) => ({ runId, contactId, eventType }));
