import { apiKeys } from '#aws/keys/api-key-store.ts';
import { workflows } from '#aws/workflows/workflow-store.ts';
import { listWorkflows as operation } from '#contract/workflows/operations.ts';
import { workflowHead } from '#contract/workflows/workflows.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';

const live = { apiKeys, workflows, ...ambient };

/** `GET /admin/v1/workflows`, by id. */
export const handler = endpoint(operation, live, async () => ({
  items: (await live.workflows.bindings()).map(workflowHead),
}));
