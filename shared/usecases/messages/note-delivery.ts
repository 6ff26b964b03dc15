import type { Delivery } from '#domain/messages/delivery.ts';
import type { MessageStore } from '#domain/messages/ports.ts';
import type { SuppressionStore } from '#domain/subscriptions/ports.ts';

export interface NoteDeliveryPorts {
  readonly messages: Pick<MessageStore, 'note'>;
  readonly suppressions: Pick<SuppressionStore, 'add' | 'liftStops'>;
}

/**
 * Notes how a message fares, in whatever order and however often it is heard, and suppresses addresses that complained,
 * that take no mail or that answered STOP. Whether a message was changed by it.
 */
export const noteDelivery = async (
  { messages, suppressions }: NoteDeliveryPorts,
  { requestId, status, at, reason, suppress, resume = [] }: Delivery,
): Promise<boolean> => {
  if (suppress.length > 0) await suppressions.add(suppress.map((one) => ({ ...one, since: at })));
  if (resume.length > 0) await suppressions.liftStops(resume, at);
  if (requestId === undefined || status === undefined) return false;
  return messages.note(requestId, { status, statusAt: at, ...(reason !== undefined && { reason }) });
};
