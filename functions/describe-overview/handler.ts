import { counts } from '#aws/counts/count-store.ts';
import { deadLetters } from '#aws/counts/dead-letter-reader.ts';
import { imports } from '#aws/imports/import-store.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { describeOverview as operation } from '#contract/counts/operations.ts';
import { overviewBody } from '#contract/counts/overview.ts';
import { importBody } from '#contract/imports/import-response.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { describeOverview } from '#usecases/counts/describe-overview.ts';

const live = { apiKeys, counts, deadLetters, imports, ...ambient };

/** `GET /admin/v1/overview`. */
export const handler = endpoint(operation, live, async () => {
  const { running, ...overview } = await describeOverview(live);
  return overviewBody({ ...overview, runningImports: running.map(importBody) });
});
