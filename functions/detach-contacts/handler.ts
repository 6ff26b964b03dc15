import { queueTo } from '#aws/clients/queue.ts';
import { contacts } from '#aws/contacts/contact-store.ts';
import { eventBus } from '#aws/events/event-bus.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { segments } from '#aws/segments/segment-store.ts';
import { detachedSentence } from '#contract/contacts/contact-names.ts';
import * as queues from '#contract/queues.ts';
import { detachContacts as operation } from '#contract/segments/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { log } from '#shared/log.ts';
import * as settings from '#shared/settings.ts';
import { detachContacts } from '#usecases/segments/attach-contacts.ts';
import { emptySegment } from '#usecases/segments/empty-segment.ts';

const leftoverQueue = queueTo(queues.segmentLeftovers);
const stores = { apiKeys, contacts, eventBus, leftoverQueue, segments };
const live = { ...stores, publishesSegmentChanges: settings.segmentEvents(), ...ambient };

/** `POST /api/v1/group/{id}/contacts/detach`: some contacts, or all of them (contract 4.12). */
export const handler = endpoint(operation, live, async ({ path, body: names, requestId, caller }) => {
  if (names === 'all') {
    const { epoch } = await emptySegment(live, path.id);
    log.info('A segment was emptied', { requestId, keyHash: caller, segmentId: path.id, epoch });
  } else {
    log.info('Contacts were detached', { requestId, ...(await detachContacts(live, path.id, names)) });
  }
  return detachedSentence;
});
