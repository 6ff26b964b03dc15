import { apiKeys } from '#aws/keys/api-key-store.ts';
import { workflowRuns } from '#aws/workflows/workflow-runs.ts';
import { pageBody, parsePage, parseQuery } from '#contract/page.ts';
import { runHead, runsQuery } from '#contract/workflows/workflow-runs.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';

const live = { apiKeys, workflowRuns, ...ambient };

/** `GET /admin/v1/workflow-runs?workflowId=&contactId=&state=`, the newest first. */
export const handler = endpoint('listWorkflowRuns', live, async ({ query }) => {
  const page = await live.workflowRuns.list(parseQuery(runsQuery, query), parsePage('runs', query));
  return json(pageBody('runs', page, runHead));
});
