import { imports } from '#aws/imports/import-store.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { importBody } from '#contract/imports/import-response.ts';
import { describeImport as operation } from '#contract/imports/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { describeImport } from '#usecases/imports/describe-import.ts';

const live = { apiKeys, imports, ...ambient };

/** `GET /admin/v1/imports/{sessionId}`. */
export const handler = endpoint(operation, live, async ({ path }) =>
  importBody(await describeImport(live, path.sessionId)),
);
