import type { EventBus } from '#domain/events/ports.ts';
import { orderEvent } from '#domain/orders/order.ts';
import type { OrderStore } from '#domain/orders/ports.ts';
import type { Looked } from './looked.ts';

export interface ResumeOrdersPorts {
  readonly orders: Pick<OrderStore, 'find' | 'notePublished'>;
  readonly eventBus: EventBus;
}

/**
 * Publishes the events of orders that were stored and not published, each under the id that a repeat of its request would
 * give it. States that the order only passed through within that request are not told: nobody was answered.
 */
export const resumeOrders = async (
  { orders, eventBus }: ResumeOrdersPorts,
  externalOrderIds: readonly string[],
): Promise<Looked> => {
  const stored = await orders.find(externalOrderIds);
  const unpublished = stored.flatMap(({ order, publishedVersion }) =>
    publishedVersion === order.version ? [] : [order],
  );
  if (unpublished.length === 0) return { outcome: 'over' };
  await eventBus.publish(unpublished.map((order) => orderEvent(order, order.content, 0)));
  await orders.notePublished(unpublished);
  return { outcome: 'resumed' };
};
