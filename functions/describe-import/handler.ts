import { apiKeys } from '#aws/api-key-store.ts';
import { imports } from '#aws/import-store.ts';
import { importBody } from '#contract/import-response.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { describeImport } from '#usecases/describe-import.ts';

const live = { apiKeys, imports, ...ambient };

/** `GET /admin/v1/imports/{sessionId}`. */
export const handler = endpoint('describeImport', live, async (request) =>
  json(importBody(await describeImport(live, request.sessionId()))),
);
