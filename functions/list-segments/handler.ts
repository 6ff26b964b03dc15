import { apiKeys } from '#aws/keys/api-key-store.ts';
import { segmentMembers } from '#aws/segments/segment-members.ts';
import { segments } from '#aws/segments/segment-store.ts';
import { listSegments as operation } from '#contract/segments/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { listSegments } from '#usecases/segments/manage-segments.ts';

const live = { apiKeys, segmentMembers, segments, ...ambient };

/** `GET /admin/v1/segments`, ascending by id, with their members counted. */
export const handler = endpoint(operation, live, async ({ page }) => listSegments(live, page));
