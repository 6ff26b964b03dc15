import * as z from 'zod/mini';
import type { OperationDescription } from '../operations.ts';
import { pageQuery, pageResponse } from '../page.ts';
import { runHeadResponse, runResponse, runsQuery } from './workflow-runs.ts';
import { workflowHeadResponse, workflowRequest, workflowResponse } from './workflows.ts';

/** The operations on workflows and their runs, described. */
export const workflowOperations = {
  listWorkflows: {
    tag: 'Stored workflows',
    summary: 'List workflows',
    description: 'Every workflow by its id, without its steps.',
    answer: z.object({ items: z.array(workflowHeadResponse) }),
  },
  saveWorkflow: {
    tag: 'Stored workflows',
    summary: 'Store a workflow',
    description:
      'Stores a workflow under an id of your choice. It counts for every event that is told from then on. A changed definition is another version; runs under way keep to theirs.',
    body: workflowRequest,
    answer: workflowResponse,
    conflict: 'The workflow is in another version than the one that was sent.',
  },
  describeWorkflow: {
    tag: 'Stored workflows',
    summary: 'Read a workflow',
    description: 'A workflow with its steps and the secret that its webhooks are signed with.',
    answer: workflowResponse,
  },
  deleteWorkflow: {
    tag: 'Stored workflows',
    summary: 'Delete a workflow',
    description:
      'No event launches it any more, and its runs stop at their next step. What they did stays, and so do they.',
    answer: 'nothing',
  },
  listWorkflowRuns: {
    tag: 'Stored workflows',
    summary: 'List runs of workflows',
    description: 'Runs, newest first: of one workflow, about one contact, or in one state.',
    query: z.extend(runsQuery, pageQuery().shape),
    answer: pageResponse(runHeadResponse),
  },
  describeWorkflowRun: {
    tag: 'Stored workflows',
    summary: 'Read a run of a workflow',
    description: 'A run with the event that launched it and what each of its steps came to.',
    answer: runResponse,
  },
} as const satisfies Readonly<Record<string, OperationDescription>>;
