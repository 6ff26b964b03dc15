import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answerOf, api } from './client.ts';
import type { components, operations } from './openapi.d.ts';

/** A workflow as the editor sends it. */
export type WorkflowInput = components['schemas']['WorkflowInput'];

type RunsQuery = NonNullable<operations['listWorkflowRuns']['parameters']['query']>;

/** Every workflow. */
export const workflowList = queryOptions({
  queryKey: ['workflows'],
  queryFn: ({ signal }) => answerOf(api.GET('/admin/v1/workflows', { signal })),
});

/** One workflow with its steps. */
export const workflowOf = (workflowId: string) =>
  queryOptions({
    queryKey: ['workflow', workflowId],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/admin/v1/workflows/{workflowId}', { params: { path: { workflowId } }, signal })),
  });

/** A page of runs. */
export const runsPage = (query: RunsQuery) =>
  queryOptions({
    queryKey: ['runs', query],
    queryFn: ({ signal }) => answerOf(api.GET('/admin/v1/workflow-runs', { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });

const lookAgainMs = 2_000;

/** One run with its steps, read again while it goes on. */
export const runOf = (runId: string) =>
  queryOptions({
    queryKey: ['run', runId],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/admin/v1/workflow-runs/{runId}', { params: { path: { runId } }, signal })),
    refetchInterval: ({ state: { data } }) => (data?.state === 'running' ? lookAgainMs : false),
  });

/** Stores a workflow. */
export const saveWorkflow = (workflowId: string, body: WorkflowInput) =>
  answerOf(api.PUT('/admin/v1/workflows/{workflowId}', { params: { path: { workflowId } }, body }));

/** Deletes a workflow. */
export const deleteWorkflow = (workflowId: string) =>
  answerOf(api.DELETE('/admin/v1/workflows/{workflowId}', { params: { path: { workflowId } }, parseAs: 'text' }));
