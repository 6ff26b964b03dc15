import { contacts } from '#aws/contacts/contact-store.ts';
import { sealer } from '#aws/files/sealer.ts';
import { messageCarrier } from '#aws/messages/message-carrier.ts';
import { messages } from '#aws/messages/message-store.ts';
import { suppressions } from '#aws/subscriptions/suppression-store.ts';
import * as queues from '#contract/queues.ts';
import { unsubscribeLink } from '#pages/unsubscribe-page.ts';
import { ambient } from '#shared/ambient.ts';
import { log } from '#shared/log.ts';
import { onEachMessage } from '#shared/queue.ts';
import * as settings from '#shared/settings.ts';
import { sendMessage } from '#usecases/messages/send-message.ts';

const unsubscribeLinkOf = (token: string) => unsubscribeLink(settings.publicUrl(), token);
const live = { contacts, messageCarrier, messages, sealer, suppressions, unsubscribeLinkOf, ...ambient };

/** Sends a message that was accepted (contract 4.17). */
export const handler = onEachMessage(queues.messages, async ({ requestId }) => {
  const outcome = await sendMessage(live, requestId);
  log.info('A message was decided', { requestId, outcome });
});
