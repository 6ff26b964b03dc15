import { apiKeys } from '#aws/keys/api-key-store.ts';
import { segments } from '#aws/segments/segment-store.ts';
import { parseSegmentName, segmentBody } from '#contract/segments/segments.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { renameSegment } from '#usecases/segments/manage-segments.ts';

const live = { apiKeys, segments, ...ambient };

/** `PUT /admin/v1/segments/{id}`: gives a segment another name. */
export const handler = endpoint('renameSegment', live, async (request) =>
  json(segmentBody(await renameSegment(live, request.groupId(), parseSegmentName(request.json())))),
);
