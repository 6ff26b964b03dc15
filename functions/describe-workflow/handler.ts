import { apiKeys } from '#aws/keys/api-key-store.ts';
import { signer } from '#aws/subscriptions/signer.ts';
import { workflows } from '#aws/workflows/workflow-store.ts';
import { describeWorkflow as operation } from '#contract/workflows/operations.ts';
import { workflowBody } from '#contract/workflows/workflows.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { readWorkflow } from '#usecases/workflows/manage-workflows.ts';
import { webhookSecretsOf } from '#usecases/workflows/webhook-secrets-of.ts';

const live = { apiKeys, signer, workflows, ...ambient };

/** `GET /admin/v1/workflows/{workflowId}`, with its steps. */
export const handler = endpoint(operation, live, async ({ path: { workflowId }, mayChange }) => {
  const workflow = await readWorkflow(live, workflowId);
  return workflowBody(workflow, mayChange ? await webhookSecretsOf(live, workflow) : []);
});
