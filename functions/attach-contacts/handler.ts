import { apiKeys } from '#aws/api-key-store.ts';
import { contacts } from '#aws/contact-store.ts';
import { eventBus } from '#aws/event-bus.ts';
import { segments } from '#aws/segment-store.ts';
import { attachedSentence, parseContactNames } from '#contract/contact-names.ts';
import { sentence } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { log } from '#shared/log.ts';
import { settings } from '#shared/settings.ts';
import { attachContacts } from '#usecases/attach-contacts.ts';

const live = { apiKeys, contacts, eventBus, segments, tellsSegmentChanges: settings.segmentEvents(), ...ambient };

/** `POST /api/v1/group/{id}/contacts/attach` (contract 4.12). */
export const handler = endpoint('attachContacts', live, async (request) => {
  const attached = await attachContacts(live, request.groupId(), parseContactNames(request.json()));
  log.info('Contacts were attached', { requestId: request.requestId, ...attached });
  return sentence(attachedSentence);
});
