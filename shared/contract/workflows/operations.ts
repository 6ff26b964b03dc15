import { addressesBodyBytes } from '../body-bytes.ts';
import type { OperationDefinition } from '../operation.ts';
import { runId, workflowId } from '../path-parameters.ts';
import { runHeadResponse, runResponse, runsQuery } from './workflow-runs.ts';
import { parseWorkflow, workflowRequest, workflowResponse, workflowsResponse } from './workflows.ts';

/** List workflows. */
export const listWorkflows = {
  name: 'listWorkflows',
  access: 'adminRead',
  tag: 'Stored workflows',
  summary: 'List workflows',
  description: 'Every workflow by its id, without its steps.',
  answer: workflowsResponse,
} as const satisfies OperationDefinition;

/** Store a workflow. */
export const saveWorkflow = {
  name: 'saveWorkflow',
  access: 'adminChange',
  tag: 'Stored workflows',
  summary: 'Store a workflow',
  description:
    'Stores a workflow under an id of your choice. It counts for every event from then on. A changed definition is another version; runs under way keep theirs.',
  path: { workflowId },
  body: { schema: workflowRequest, read: parseWorkflow },
  maxBodyBytes: addressesBodyBytes,
  answer: workflowResponse,
  conflict: 'The workflow is in another version than the one that was sent.',
} as const satisfies OperationDefinition;

/** Read a workflow. */
export const describeWorkflow = {
  name: 'describeWorkflow',
  access: 'adminRead',
  tag: 'Stored workflows',
  summary: 'Read a workflow',
  description:
    'A workflow with its steps and, for keys that may change it, the secret that its webhooks are signed with.',
  path: { workflowId },
  answer: workflowResponse,
} as const satisfies OperationDefinition;

/** Delete a workflow. */
export const deleteWorkflow = {
  name: 'deleteWorkflow',
  access: 'adminChange',
  tag: 'Stored workflows',
  summary: 'Delete a workflow',
  description:
    'No event launches it any more, and its runs stop at their next step. What they did stays, and so do they.',
  path: { workflowId },
  answer: 'nothing',
} as const satisfies OperationDefinition;

/** List runs of workflows. */
export const listWorkflowRuns = {
  name: 'listWorkflowRuns',
  access: 'adminRead',
  tag: 'Stored workflows',
  summary: 'List runs of workflows',
  description: 'Runs, newest first: of one workflow, about one contact, or in one state.',
  query: runsQuery,
  list: { name: 'runs' },
  answer: runHeadResponse,
} as const satisfies OperationDefinition;

/** Read a run of a workflow. */
export const describeWorkflowRun = {
  name: 'describeWorkflowRun',
  access: 'adminRead',
  tag: 'Stored workflows',
  summary: 'Read a run of a workflow',
  description: 'A run with the event that launched it and what each of its steps came to.',
  path: { runId },
  answer: runResponse,
} as const satisfies OperationDefinition;
