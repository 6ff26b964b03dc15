import { countQueue } from '#aws/counts/count-queue.ts';
import { messages } from '#aws/messages/message-store.ts';
import { suppressions } from '#aws/subscriptions/suppression-store.ts';
import * as queues from '#contract/queues.ts';
import { log } from '#shared/log.ts';
import { onEachMessage } from '#shared/queue.ts';
import { noteDelivery } from '#usecases/messages/note-delivery.ts';

const live = { countQueue, messages, suppressions };

/** Notes what Amazon SES and AWS End User Messaging say of messages, and heeds what addresses answer. */
export const handler = onEachMessage(queues.deliveries, async (delivery) => {
  const isNoted = await noteDelivery(live, delivery);
  const { requestId, status, suppress, resume } = delivery;
  const changes = { suppressed: suppress.length, resumed: resume?.length ?? 0 };
  log.info('A delivery was reported', { requestId, status, isNoted, ...changes });
});
