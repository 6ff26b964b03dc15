import { apiKeys } from '#aws/keys/api-key-store.ts';
import { segments } from '#aws/segments/segment-store.ts';
import { listGroups as operation } from '#contract/segments/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { listGroups } from '#usecases/segments/list-groups.ts';

const live = { apiKeys, segments, ...ambient };

/** `GET /api/v1/groups?name=` (contract 4.12). */
export const handler = endpoint(operation, live, async ({ query }) => listGroups(live, query));
