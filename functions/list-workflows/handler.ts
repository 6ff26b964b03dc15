import { apiKeys } from '#aws/api-key-store.ts';
import { workflows } from '#aws/workflow-store.ts';
import { workflowHead } from '#contract/workflows.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';

const live = { apiKeys, workflows, ...ambient };

/** `GET /admin/v1/workflows`, by id. */
export const handler = endpoint('listWorkflows', live, async () =>
  json({ items: (await live.workflows.bindings()).map(workflowHead) }),
);
