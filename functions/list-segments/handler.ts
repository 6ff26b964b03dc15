import { apiKeys } from '#aws/keys/api-key-store.ts';
import { segmentMembers } from '#aws/segments/segment-members.ts';
import { segments } from '#aws/segments/segment-store.ts';
import { pageBody, parsePage } from '#contract/page.ts';
import { segmentBody, segmentsPage } from '#contract/segments/segments.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { listSegments } from '#usecases/segments/manage-segments.ts';

const live = { apiKeys, segmentMembers, segments, ...ambient };

/** `GET /admin/v1/segments`, ascending by id, with their members counted. */
export const handler = endpoint('listSegments', live, async ({ query }) => {
  const page = await listSegments(live, parsePage('segments', query, segmentsPage));
  return json(pageBody('segments', page, segmentBody));
});
