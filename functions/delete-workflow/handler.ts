import { apiKeys } from '#aws/keys/api-key-store.ts';
import { workflows } from '#aws/workflows/workflow-store.ts';
import { deleteWorkflow as operation } from '#contract/workflows/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { log } from '#shared/log.ts';
import { deleteWorkflow } from '#usecases/workflows/manage-workflows.ts';

const live = { apiKeys, workflows, ...ambient };

/** `DELETE /admin/v1/workflows/{workflowId}`: nothing launches it any more, and its runs stop at their next step. */
export const handler = endpoint(operation, live, async ({ path, requestId, caller }) => {
  const { id: workflowId, version } = await deleteWorkflow(live, path.workflowId);
  log.info('A workflow was deleted', { requestId, keyHash: caller, workflowId, version });
});
