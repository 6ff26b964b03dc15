import { apiKeys } from '#aws/keys/api-key-store.ts';
import { segments } from '#aws/segments/segment-store.ts';
import { renameSegment as operation } from '#contract/segments/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { renameSegment } from '#usecases/segments/manage-segments.ts';

const live = { apiKeys, segments, ...ambient };

/** `PUT /admin/v1/segments/{id}`: gives a segment another name. */
export const handler = endpoint(operation, live, async ({ path, body: { name } }) =>
  renameSegment(live, path.id, name),
);
