import { contacts } from '#aws/contacts/contact-store.ts';
import { eventBus } from '#aws/events/event-bus.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { segments } from '#aws/segments/segment-store.ts';
import { attachedSentence, parseContactNames } from '#contract/contacts/contact-names.ts';
import { sentence } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { log } from '#shared/log.ts';
import { settings } from '#shared/settings.ts';
import { attachContacts } from '#usecases/segments/attach-contacts.ts';

const live = { apiKeys, contacts, eventBus, segments, publishesSegmentChanges: settings.segmentEvents(), ...ambient };

/** `POST /api/v1/group/{id}/contacts/attach` (contract 4.12). */
export const handler = endpoint('attachContacts', live, async (request) => {
  const attached = await attachContacts(live, request.groupId(), parseContactNames(request.json()));
  log.info('Contacts were attached', { requestId: request.requestId, ...attached });
  return sentence(attachedSentence);
});
