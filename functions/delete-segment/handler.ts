import { queueTo } from '#aws/clients/queue.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { segments } from '#aws/segments/segment-store.ts';
import * as queues from '#contract/queues.ts';
import { deleteSegment as operation } from '#contract/segments/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { log } from '#shared/log.ts';
import { deleteSegment } from '#usecases/segments/manage-segments.ts';

const leftoverQueue = queueTo(queues.segmentLeftovers);
const live = { apiKeys, leftoverQueue, segments, ...ambient };

/** `DELETE /admin/v1/segments/{id}`: removes a segment; its contacts stay. */
export const handler = endpoint(operation, live, async ({ path, requestId, caller }) => {
  const { id: segmentId, epoch } = await deleteSegment(live, path.id);
  log.info('A segment was deleted', { requestId, keyHash: caller, segmentId, epoch });
});
