import { dayOf, type Report } from '#domain/counts/count-job.ts';
import type { CountQueue } from '#domain/counts/ports.ts';
import type { Delivery } from '#domain/messages/delivery.ts';
import type { MessageStore } from '#domain/messages/ports.ts';
import type { SuppressionStore } from '#domain/subscriptions/ports.ts';
import { digest } from '#identity/digest.ts';

export interface NoteDeliveryPorts {
  readonly messages: Pick<MessageStore, 'note'>;
  readonly suppressions: Pick<SuppressionStore, 'add' | 'liftStops'>;
  readonly countQueue: CountQueue;
}

/**
 * Notes how a message fares, in whatever order and however often it is heard, and suppresses addresses that complained,
 * that take no mail or that answered STOP; bounces and complaints are counted. Whether a message was changed by it.
 */
export const noteDelivery = async (
  { messages, suppressions, countQueue }: NoteDeliveryPorts,
  delivery: Delivery,
): Promise<boolean> => {
  const { requestId, status, at, reason, suppress, resume = [] } = delivery;
  const reports = reportsOf(delivery);
  if (reports.length > 0) await countQueue.send([{ reports }]);
  if (suppress.length > 0) await suppressions.add(suppress.map((one) => ({ ...one, since: at })));
  if (resume.length > 0) await suppressions.liftStops(resume, at);
  if (requestId === undefined || status === undefined) return false;
  return messages.note(requestId, { status, statusAt: at, ...(reason !== undefined && { reason }) });
};

/** One of a message and kind, however often it is heard; a message that is not kept goes by its address and time. */
const reportsOf = ({ requestId, report, at, suppress }: Delivery): Report[] =>
  report === undefined
    ? []
    : [
        {
          id: digest(requestId ?? [at, ...suppress.map(({ address }) => address)].join(' ')),
          kind: report,
          day: dayOf(at),
        },
      ];
