import { apiKeys } from '#aws/keys/api-key-store.ts';
import { workflowRuns } from '#aws/workflows/workflow-runs.ts';
import { runBody } from '#contract/workflows/workflow-runs.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { readRun } from '#usecases/workflows/read-run.ts';

const live = { apiKeys, workflowRuns, ...ambient };

/** `GET /admin/v1/workflow-runs/{runId}`, with what each of its steps came to. */
export const handler = endpoint('describeWorkflowRun', live, async (request) =>
  json(runBody(await readRun(live, request.runId()))),
);
