import { apiKeys } from '#aws/keys/api-key-store.ts';
import { workflowRuns } from '#aws/workflows/workflow-runs.ts';
import { describeWorkflowRun as operation } from '#contract/workflows/operations.ts';
import { runBody } from '#contract/workflows/workflow-runs.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { readRun } from '#usecases/workflows/read-run.ts';

const live = { apiKeys, workflowRuns, ...ambient };

/** `GET /admin/v1/workflow-runs/{runId}`, with what each of its steps came to. */
export const handler = endpoint(operation, live, async ({ path }) => runBody(await readRun(live, path.runId)));
