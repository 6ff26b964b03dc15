import { apiKeys } from '#aws/keys/api-key-store.ts';
import { segments } from '#aws/segments/segment-store.ts';
import { createSegment as operation } from '#contract/segments/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { createSegment } from '#usecases/segments/manage-segments.ts';

const live = { apiKeys, segments, ...ambient };

/** `POST /admin/v1/segments`: makes a static segment. */
export const handler = endpoint(operation, live, async ({ body: { name } }) => createSegment(live, name));
