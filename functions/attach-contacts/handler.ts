import { contacts } from '#aws/contacts/contact-store.ts';
import { eventBus } from '#aws/events/event-bus.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { segments } from '#aws/segments/segment-store.ts';
import { attachedSentence } from '#contract/contacts/contact-names.ts';
import { attachContacts as operation } from '#contract/segments/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { log } from '#shared/log.ts';
import * as settings from '#shared/settings.ts';
import { attachContacts } from '#usecases/segments/attach-contacts.ts';

const live = { apiKeys, contacts, eventBus, segments, publishesSegmentChanges: settings.segmentEvents(), ...ambient };

/** `POST /api/v1/group/{id}/contacts/attach` (contract 4.12). */
export const handler = endpoint(operation, live, async ({ path, body, requestId }) => {
  const attached = await attachContacts(live, path.id, body);
  log.info('Contacts were attached', { requestId, ...attached });
  return attachedSentence;
});
