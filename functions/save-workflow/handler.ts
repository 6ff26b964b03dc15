import { apiKeys } from '#aws/keys/api-key-store.ts';
import { signer } from '#aws/subscriptions/signer.ts';
import { workflows } from '#aws/workflows/workflow-store.ts';
import { saveWorkflow as operation } from '#contract/workflows/operations.ts';
import { workflowBody } from '#contract/workflows/workflows.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import * as settings from '#shared/settings.ts';
import { saveWorkflow } from '#usecases/workflows/manage-workflows.ts';
import { webhookSecretsOf } from '#usecases/workflows/webhook-secrets-of.ts';

const live = { apiKeys, signer, workflows, allowsHttp: settings.allowLoopbackLinks(), ...ambient };

/** `PUT /admin/v1/workflows/{workflowId}`: stores a workflow, which counts for every event from then on. */
export const handler = endpoint(operation, live, async ({ path: { workflowId }, body }) => {
  const workflow = await saveWorkflow(live, workflowId, body);
  return workflowBody(workflow, await webhookSecretsOf(live, workflow));
});
