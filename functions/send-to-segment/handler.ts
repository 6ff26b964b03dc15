import { contacts } from '#aws/contact-store.ts';
import { messageCarrier } from '#aws/message-carrier.ts';
import { messages } from '#aws/message-store.ts';
import { segmentMembers } from '#aws/segment-members.ts';
import { segmentSendingQueue } from '#aws/segment-sending-queue.ts';
import { segmentSendings } from '#aws/segment-sendings.ts';
import { suppressions } from '#aws/suppression-store.ts';
import { messageChannelsOf } from '#contract/message-sender.ts';
import { parseSegmentSendingWork } from '#contract/message-work.ts';
import { ambient } from '#shared/ambient.ts';
import { derivedId } from '#shared/derived-id.ts';
import { log } from '#shared/log.ts';
import { onEachMessage } from '#shared/queue.ts';
import { settings } from '#shared/settings.ts';
import { sendToSegment } from '#usecases/send-to-segment.ts';

const stores = {
  contacts,
  messageCarrier,
  messages,
  segmentMembers,
  segmentSendingQueue,
  segmentSendings,
  suppressions,
};
const live = { ...stores, messageChannels: messageChannelsOf(settings), derivedId, ...ambient };

/** Sends a message to the next members of a segment. */
export const handler = onEachMessage(parseSegmentSendingWork, async (work) => {
  const counts = await sendToSegment(live, work);
  log.info('Members of a segment were sent a message', { requestId: work.requestId, ...counts });
});
