import { queueTo } from '#aws/clients/queue.ts';
import { contacts } from '#aws/contacts/contact-store.ts';
import { sealer } from '#aws/files/sealer.ts';
import { messageCarrier } from '#aws/messages/message-carrier.ts';
import { messages } from '#aws/messages/message-store.ts';
import { segmentSendings } from '#aws/messages/segment-sendings.ts';
import { segmentMembers } from '#aws/segments/segment-members.ts';
import { suppressions } from '#aws/subscriptions/suppression-store.ts';
import { messageChannelsOf } from '#contract/messages/message-sender.ts';
import * as queues from '#contract/queues.ts';
import { unsubscribeLink } from '#pages/unsubscribe-page.ts';
import { ambient } from '#shared/ambient.ts';
import { log } from '#shared/log.ts';
import { onEachMessage } from '#shared/queue.ts';
import * as settings from '#shared/settings.ts';
import { sendToSegment } from '#usecases/messages/send-to-segment.ts';

const segmentSendingQueue = queueTo(queues.segmentMessages);
const stores = {
  contacts,
  messageCarrier,
  messages,
  sealer,
  segmentMembers,
  segmentSendingQueue,
  segmentSendings,
  suppressions,
};
const unsubscribeLinkOf = (token: string) => unsubscribeLink(settings.publicUrl(), token);
const live = { ...stores, messageChannels: messageChannelsOf(settings.senders), unsubscribeLinkOf, ...ambient };

/** Sends a message to the next members of a segment. */
export const handler = onEachMessage(queues.segmentMessages, async (job) => {
  const counts = await sendToSegment(live, job);
  log.info('Members of a segment were sent a message', { requestId: job.requestId, ...counts });
});
