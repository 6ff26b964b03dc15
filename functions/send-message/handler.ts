import { contacts } from '#aws/contact-store.ts';
import { messageCarrier } from '#aws/message-carrier.ts';
import { messages } from '#aws/message-store.ts';
import { suppressions } from '#aws/suppression-store.ts';
import { parseMessageWork } from '#contract/message-work.ts';
import { ambient } from '#shared/ambient.ts';
import { log } from '#shared/log.ts';
import { onEachMessage } from '#shared/queue.ts';
import { sendMessage } from '#usecases/send-message.ts';

const live = { contacts, messageCarrier, messages, suppressions, ...ambient };

/** Sends a message that was accepted (contract 4.17). */
export const handler = onEachMessage(parseMessageWork, async ({ requestId }) => {
  const outcome = await sendMessage(live, requestId);
  log.info('A message was decided', { requestId, outcome });
});
