import { apiKeys } from '#aws/keys/api-key-store.ts';
import { signer } from '#aws/subscriptions/signer.ts';
import { workflows } from '#aws/workflows/workflow-store.ts';
import { parseWorkflow, workflowBody } from '#contract/workflows/workflows.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { settings } from '#shared/settings.ts';
import { saveWorkflow } from '#usecases/workflows/manage-workflows.ts';
import { webhookSecretOf } from '#usecases/workflows/webhook-secret-of.ts';

const live = { apiKeys, signer, workflows, ...ambient };

/** `PUT /admin/v1/workflows/{workflowId}`: stores a workflow, which counts for every event from then on. */
export const handler = endpoint('saveWorkflow', live, async (request) => {
  const id = request.workflowId();
  const submitted = parseWorkflow(request.json(), { allowsHttp: settings.allowLoopbackLinks() });
  const workflow = await saveWorkflow(live, id, submitted);
  return json(workflowBody(workflow, await webhookSecretOf(live, id)));
});
