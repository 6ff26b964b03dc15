import { apiKeys } from '#aws/keys/api-key-store.ts';
import { workflowRuns } from '#aws/workflows/workflow-runs.ts';
import { listWorkflowRuns as operation } from '#contract/workflows/operations.ts';
import { runHead } from '#contract/workflows/workflow-runs.ts';
import { mapPage } from '#domain/page.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';

const live = { apiKeys, workflowRuns, ...ambient };

/** `GET /admin/v1/workflow-runs?workflowId=&contactId=&state=`, the newest first. */
export const handler = endpoint(operation, live, async ({ query, page }) =>
  mapPage(await live.workflowRuns.list(query, page), runHead),
);
