import { apiKeys } from '#aws/keys/api-key-store.ts';
import { segments } from '#aws/segments/segment-store.ts';
import { groupsBody, parseGroupsQuery } from '#contract/segments/groups.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { listGroups } from '#usecases/segments/list-groups.ts';

const live = { apiKeys, segments, ...ambient };

/** `GET /api/v1/groups?name=` (contract 4.12). */
export const handler = endpoint('listGroups', live, async ({ query }) =>
  json(groupsBody(await listGroups(live, parseGroupsQuery(query)))),
);
